-- 監査証跡: one chain an authority. The body is kept as the canonical text that was hashed
create table audit.entry (
    authority text        not null,
    number    bigint      not null,
    at        timestamptz not null,
    kind      text        not null,
    subject   text        not null,
    body      text        not null,
    previous  text        not null,
    hash      text        not null,
    primary key (authority, number)
);
create index entry_subject on audit.entry (authority, subject);
create index entry_at on audit.entry (authority, at);
alter table audit.entry enable row level security;
create policy tenant on audit.entry
    using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on audit.entry from kiban_app;

-- 先頭: the newest link of each chain, so that cutting off the end is found as well
create table audit.head (
    authority text   primary key,
    number    bigint not null,
    hash      text   not null
);
alter table audit.head enable row level security;
create policy tenant on audit.head
    using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke delete, truncate on audit.head from kiban_app;

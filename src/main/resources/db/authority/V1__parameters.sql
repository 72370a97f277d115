-- 独自の設定値: dated, never overwritten; the newest that is in force counts
create table authority.parameter (
    authority  text        not null,
    standard   text        not null,
    key        text        not null,
    valid_from date        not null,
    set_at     timestamptz not null default clock_timestamp(),
    value      jsonb       not null,
    set_by     text        not null,
    ordinance  text        not null default '',
    primary key (authority, standard, key, valid_from, set_at)
);
alter table authority.parameter enable row level security;
create policy tenant on authority.parameter using (authority = current_setting('kiban.authority', true));
revoke update, delete, truncate on authority.parameter from kiban_app;

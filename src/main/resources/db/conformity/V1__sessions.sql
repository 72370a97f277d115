-- 検査の場: one invented authority each, with the local values that it has set
create table conformity.session (
    authority text        primary key check (authority ~ '^T[0-9A-Z]{5}$'),
    secret    text        not null,
    standard  text        not null,
    local     jsonb       not null,
    opened_at timestamptz not null
);
alter table conformity.session enable row level security;
create policy tenant on conformity.session
    using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, truncate on conformity.session from kiban_app;

-- 適合性の報告書: signed reports that an authority (the ministry) has been shown, and what the check of the signature said
create table conformity.report (
    authority   text        not null,
    id          text        not null,
    received_at timestamptz not null,
    received_by text        not null,
    signed_by   text        not null,
    signed      text        not null,
    report      jsonb       not null,
    primary key (authority, id)
);
alter table conformity.report enable row level security;
create policy tenant on conformity.report
    using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on conformity.report from kiban_app;

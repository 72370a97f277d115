-- 利用量: what each application used, by day (Asia/Tokyo) and activity; added to, never corrected. No personal data: a
-- receipt number says nothing about a person
create table cost.usage (
    authority      text   not null,
    receipt        text   not null,
    day            date   not null,
    activity       text   not null,
    cpu_nanos      bigint not null,
    database_nanos bigint not null,
    bytes          bigint not null,
    messages       bigint not null,
    works          bigint not null,
    primary key (authority, receipt, day, activity)
);
create index usage_day on cost.usage (authority, day);
alter table cost.usage enable row level security;
create policy figures on cost.usage
    using (authority = current_setting('kiban.authority', true) or current_setting('kiban.scope', true) = 'nation');
revoke delete, truncate on cost.usage from kiban_app;

-- 共通: work that belongs to no application; kept so that totals are whole
create table cost.common (
    day            date   not null,
    activity       text   not null,
    cpu_nanos      bigint not null,
    database_nanos bigint not null,
    bytes          bigint not null,
    messages       bigint not null,
    works          bigint not null,
    primary key (day, activity)
);
alter table cost.common enable row level security;
create policy nation on cost.common using (current_setting('kiban.scope', true) = 'nation');
revoke delete, truncate on cost.common from kiban_app;

-- 申請と標準: which standard an application belongs to
create table cost.application (
    authority text not null,
    receipt   text not null,
    standard  text not null,
    version   date not null,
    arrived   date not null,
    primary key (authority, receipt)
);
alter table cost.application enable row level security;
create policy figures on cost.application
    using (authority = current_setting('kiban.authority', true) or current_setting('kiban.scope', true) = 'nation');
revoke update, delete, truncate on cost.application from kiban_app;

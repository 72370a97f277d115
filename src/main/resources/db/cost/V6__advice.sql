-- 利用明細: what a municipality's cloud really used, as it brought the table, and the terms to look at it with; its own alone
create table cost.advice_usage (
    authority  text        not null,
    id         uuid        not null,
    file       text        not null,
    content    bytea       not null,
    hours      text        not null,
    target     text        not null,
    offers     text        not null,
    storages   text        not null,
    start      text        not null,
    at         timestamptz not null,
    by         text        not null,
    removed_at timestamptz,
    primary key (authority, id)
);
create index advice_usage_at on cost.advice_usage (authority, at desc);
alter table cost.advice_usage enable row level security;
create policy tenant on cost.advice_usage using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on cost.advice_usage from kiban_app;
grant update (hours, target, offers, storages, start, removed_at) on cost.advice_usage to kiban_app;

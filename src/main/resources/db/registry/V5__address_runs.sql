-- 一括照合: files of addresses that an officer had matched. The file given is not kept; the result for a day
create table registry.address_run (
    authority    text        not null,
    id           uuid        not null,
    owner        text        not null, -- the officer, and nobody else
    name         text        not null,
    stage        text        not null check (stage in ('RUNNING', 'DONE', 'CANCELLED', 'REFUSED')),
    read         bigint      not null default 0,
    bytes        bigint      not null,
    bad          bigint      not null default 0,
    said         text        not null default '',
    result       bytea       not null default ''::bytea,
    data_version text        not null,
    begun_at     timestamptz not null,
    ended_at     timestamptz,
    primary key (authority, id)
);
alter table registry.address_run enable row level security;
create policy tenant on registry.address_run using (authority = current_setting('kiban.authority', true)
    and current_setting('kiban.scope', true) = 'authority');

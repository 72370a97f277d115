-- 増えた原因: how a municipality split what it pays more or less than in FY2018 over the causes; its own until it shows it
create table cost.cause_split (
    authority   text        not null,
    fiscal_year integer     not null,
    baseline    text        not null,
    base_yen    bigint      not null,
    now_yen     bigint      not null,
    split       jsonb       not null,
    sight       text        not null check (sight in ('OWN', 'SHARED', 'PUBLISHED')),
    at          timestamptz not null,
    by          text        not null,
    primary key (authority, fiscal_year, baseline)
);
alter table cost.cause_split enable row level security;
create policy tenant on cost.cause_split using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
create policy shared on cost.cause_split for select using (current_setting('kiban.scope', true) = 'nation' and sight <> 'OWN');
revoke delete, truncate on cost.cause_split from kiban_app;

-- 移行前の基盤: as a municipality says; the nation sees it of those that published figures
create table cost.platform_before (
    authority text        not null primary key,
    platform  text        not null,
    at        timestamptz not null,
    by        text        not null
);
alter table cost.platform_before enable row level security;
create policy tenant on cost.platform_before using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
create policy shared on cost.platform_before for select using (current_setting('kiban.scope', true) = 'nation'
    and exists (select from cost.ledger_import i where i.authority = platform_before.authority and i.state = 'COMMITTED' and i.sight = 'PUBLISHED'));
revoke delete, truncate on cost.platform_before from kiban_app;

-- 費用の台帳: what was brought in at once (a town's file, a cloud's bill, a quote, a month of metering); its entries count while it is
-- COMMITTED. A municipality's own; the nation sees what it shared or published
create table cost.ledger_import (
    authority    text        not null,
    id           uuid        not null,
    way          text        not null check (way in ('FILE', 'FOCUS', 'QUOTE', 'METER')),
    name         text        not null,
    origin       text        not null,
    state        text        not null check (state in ('PREVIEW', 'COMMITTED', 'UNDONE')),
    sight        text        not null check (sight in ('OWN', 'SHARED', 'PUBLISHED')),
    at           timestamptz not null,
    by           text        not null,
    entries      bigint      not null,
    committed_by text,
    asked        text        check (asked in ('COMMIT', 'UNDO')),
    asked_by     text,
    asked_reason text,
    primary key (authority, id)
);
create index ledger_import_at on cost.ledger_import (authority, at desc);
-- nothing counts twice
create unique index ledger_import_once on cost.ledger_import (authority, way, origin) where state = 'COMMITTED';
alter table cost.ledger_import enable row level security;
create policy tenant on cost.ledger_import using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
create policy shared on cost.ledger_import for select using (current_setting('kiban.scope', true) = 'nation' and state = 'COMMITTED' and sight <> 'OWN');
revoke update, delete, truncate on cost.ledger_import from kiban_app;
grant update (state, sight, entries, at, committed_by, asked, asked_by, asked_reason) on cost.ledger_import to kiban_app;

-- 取込の経過: who did what to an import, and why
create table cost.ledger_act (
    authority text        not null,
    import    uuid        not null,
    no        integer     not null,
    at        timestamptz not null,
    act       text        not null,
    by        text        not null,
    reason    text        not null,
    primary key (authority, import, no)
);
alter table cost.ledger_act enable row level security;
create policy tenant on cost.ledger_act using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on cost.ledger_act from kiban_app;

-- 明細: exact as given, and in yen with tax (税込円) and without
create table cost.ledger_entry (
    authority   text    not null,
    import      uuid    not null,
    no          bigint  not null,
    fiscal_year integer not null,
    system      text    not null,
    kind        text    not null,
    baseline    text    not null,
    name        text    not null,
    supplier    text    not null,
    amount      numeric not null,
    currency    text    not null check (currency ~ '^[A-Z]{3}$'),
    rate        numeric not null check (rate > 0),
    rate_day    date,
    tax         text    not null check (tax in ('INCLUDED', 'EXCLUDED', 'UNSTATED')),
    tax_percent numeric not null,
    from_day    date    not null,
    to_day      date    not null check (to_day >= from_day),
    cases       bigint  check (cases >= 0),
    source      text    not null,
    confidence  text    not null,
    note        text    not null,
    place       text    not null,
    yen         numeric not null,
    yen_net     numeric not null,
    primary key (authority, import, no)
);
create index ledger_entry_year on cost.ledger_entry (authority, fiscal_year);
alter table cost.ledger_entry enable row level security;
create policy tenant on cost.ledger_entry using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
create policy shared on cost.ledger_entry for select using (current_setting('kiban.scope', true) = 'nation'
    and exists (select from cost.ledger_import i where i.authority = ledger_entry.authority and i.id = ledger_entry.import
                and i.state = 'COMMITTED' and i.sight <> 'OWN'));
revoke update, truncate on cost.ledger_entry from kiban_app;

-- 集計: the entries of an import added up, so that totals do not read every entry
create table cost.ledger_sum (
    authority   text    not null,
    import      uuid    not null,
    fiscal_year integer not null,
    system      text    not null,
    kind        text    not null,
    baseline    text    not null,
    confidence  text    not null,
    entries     bigint  not null,
    cases       bigint  not null,
    yen         numeric not null,
    yen_net     numeric not null,
    foreign_yen numeric not null,
    untaxed_yen numeric not null,
    primary key (authority, import, fiscal_year, system, kind, baseline, confidence)
);
alter table cost.ledger_sum enable row level security;
create policy tenant on cost.ledger_sum using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
create policy shared on cost.ledger_sum for select using (current_setting('kiban.scope', true) = 'nation'
    and exists (select from cost.ledger_import i where i.authority = ledger_sum.authority and i.id = ledger_sum.import
                and i.state = 'COMMITTED' and i.sight <> 'OWN'));
revoke update, truncate on cost.ledger_sum from kiban_app;

-- 締めた年度: a change of its figures needs a second person
create table cost.ledger_year (
    authority   text        not null,
    fiscal_year integer     not null,
    closed_at   timestamptz not null,
    closed_by   text        not null,
    primary key (authority, fiscal_year)
);
alter table cost.ledger_year enable row level security;
create policy tenant on cost.ledger_year using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on cost.ledger_year from kiban_app;

-- 明細の読み込み: a cloud's bill that an officer brought, as it was read, so that any node and the next start know it. Kept to be looked at and
-- taken into the ledger, for no other purpose: fourteen days, then forgotten. The file itself is kept by nobody once it is read. The
-- municipality's own alone
create table cost.focus_reading (
    authority  text        not null,
    id         uuid        not null,
    name       text        not null,
    digest     text        not null,
    source     text        not null,
    measure    text        not null,
    by_charge  boolean     not null,
    day_first  boolean     not null,
    state      text        not null check (state in ('WAITING', 'READING', 'READ', 'REFUSED', 'STOPPED')),
    rows       bigint      not null default 0,
    percent    integer     not null default 0 check (percent between 0 and 100),
    faulty     bigint      not null default 0,
    refused    text        not null default '[]',
    rules      text        not null default '',
    at         timestamptz not null,
    by         text        not null,
    seen_at    timestamptz not null default now(),
    taken      uuid,
    primary key (authority, id)
);
create index focus_reading_at on cost.focus_reading (authority, at desc);
create index focus_reading_old on cost.focus_reading (at);
alter table cost.focus_reading enable row level security;
create policy tenant on cost.focus_reading using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

-- その合計: what its rows add up to, exactly
create table cost.focus_line (
    authority text    not null,
    reading   uuid    not null,
    no        integer not null,
    month     date    not null,
    source    text    not null,
    category  text    not null,
    charge    text    not null,
    provider  text    not null,
    currency  text    not null,
    pricing   text    not null,
    marks     text    not null,
    sum       numeric not null,
    rows      bigint  not null,
    first_row bigint  not null,
    primary key (authority, reading, no)
);
alter table cost.focus_line enable row level security;
create policy tenant on cost.focus_line using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

-- その指摘
create table cost.focus_finding (
    authority text    not null,
    reading   uuid    not null,
    no        integer not null,
    rule      text    not null,
    level     text    not null check (level in ('FAULT', 'ADVICE', 'NOTE')),
    head      text    not null,
    row       bigint  not null,
    seen      text    not null,
    text      text    not null,
    easy      text    not null,
    en        text    not null,
    primary key (authority, reading, no)
);
alter table cost.focus_finding enable row level security;
create policy tenant on cost.focus_finding using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

-- everybody's whose time is over, at the house's clock; answers how many
create function cost.forget_focus_readings(before timestamptz) returns bigint
    language plpgsql security definer set search_path = cost as $$
declare
    forgotten bigint;
begin
    delete from focus_line l using focus_reading r where r.authority = l.authority and r.id = l.reading and r.at < before;
    delete from focus_finding f using focus_reading r where r.authority = f.authority and r.id = f.reading and r.at < before;
    delete from focus_reading r where r.at < before;
    get diagnostics forgotten = row_count;
    return forgotten;
end $$;
revoke all on function cost.forget_focus_readings(timestamptz) from public;
grant execute on function cost.forget_focus_readings(timestamptz) to kiban_app;

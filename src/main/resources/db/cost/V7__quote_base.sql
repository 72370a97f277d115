-- 見積の比較: what a quote is for, and, where its municipality agreed, its yen a head as a part of what others compare with.
-- Only its own municipality reads these rows
create table cost.quote_about (
    authority   text        not null,
    quote       uuid        not null,
    system      text        not null,
    months      integer     not null check (months between 1 and 120),
    platform    text        not null,
    fiscal_year integer     not null,
    band        integer     not null,
    strength    text        not null,
    per_head    numeric     not null check (per_head > 0),
    at          timestamptz not null,
    by          text        not null,
    shared_at   timestamptz,
    shared_by   text,
    primary key (authority, quote)
);
create index quote_about_shared on cost.quote_about (system, band) where shared_at is not null;
alter table cost.quote_about enable row level security;
create policy tenant on cost.quote_about using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke delete, truncate on cost.quote_about from kiban_app;

-- 同意の経過: who agreed and who took it back, and when
create table cost.quote_consent (
    authority text        not null,
    quote     uuid        not null,
    at        timestamptz not null,
    by        text        not null,
    act       text        not null check (act in ('SHARED', 'WITHDRAWN')),
    primary key (authority, quote, at)
);
alter table cost.quote_consent enable row level security;
create policy tenant on cost.quote_consent using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on cost.quote_consent from kiban_app;

-- What others agreed to show for one system and one band of people: never whose it is, one figure of each municipality (its latest), two
-- digits of it, and nothing at all where they are fewer than five. What was taken back, removed or replaced is gone at once
create function cost.quote_peers(of_system text, of_band integer)
    returns table (platform text, strength text, fiscal_year integer, per_head numeric)
    language sql stable security definer set search_path = cost, pg_temp
    as $$
      with latest as (
        select distinct on (a.authority) a.platform, a.strength, a.fiscal_year, a.per_head
        from cost.quote_about a join cost.quote q on q.authority = a.authority and q.id = a.quote
        where a.shared_at is not null and a.system = of_system and a.band = of_band and q.removed_at is null
          and a.authority <> coalesce(current_setting('kiban.authority', true), '')
          and not exists (select from cost.quote n where n.authority = q.authority and n.replaces = q.id and n.removed_at is null)
        order by a.authority, a.fiscal_year desc, a.shared_at desc, a.quote)
      select platform, strength, fiscal_year, round(per_head, 1 - floor(log(per_head))::integer) from latest
      where (select count(*) from latest) >= 5 order by 4, 3, 1, 2
    $$;
revoke execute on function cost.quote_peers from public;
grant execute on function cost.quote_peers to kiban_app;

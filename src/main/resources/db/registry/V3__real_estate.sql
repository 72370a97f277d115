-- 不動産: lots, houses and units by 不動産番号, in their versions. Not public: read by officers in the name of their authority, written by
-- the keeper. Owners are not kept: no procedure here asks for them.
create table registry.property (
    number        text   not null,
    valid_from    date   not null,
    valid_until   date,                -- last day; null while it stands
    loading       int    not null references registry.loading,
    line          int    not null,
    kind          text   not null check (kind in ('LAND', 'HOUSE', 'UNIT')),
    lg_code       text   not null,
    machiaza_id   text   not null default '',
    location      text   not null,     -- 所在
    lot           text   not null,     -- 地番; of a building the lot that it stands on
    house_number  text   not null,     -- 家屋番号; empty for land
    room          text   not null,
    place_key     text   not null collate "C",
    lot_key       text   not null collate "C", -- 12-3
    prc_id        text   not null,     -- 地番ID of the address base registry: 5+5+5 digits; empty where the lot is no number
    digest        bigint not null,
    until_loading int    references registry.loading, -- the file that put it right
    primary key (number, valid_from, loading)
);
create index property_lot on registry.property (lg_code, lot_key, place_key);
create index property_prc on registry.property (lg_code, machiaza_id, prc_id);
alter table registry.property enable row level security;
create policy officers on registry.property for select using (current_setting('kiban.scope', true) = 'authority');
create policy keeper on registry.property using ((select registry.keeps('real-estate')));
revoke delete, truncate on registry.property from kiban_app;

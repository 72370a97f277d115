-- 地番: lots of the address base registry in their versions, by municipality, town and lot; open data. Whose they are is not in it.
insert into registry.keeper (registry, keeper) values ('lots', 'GDIG00'), ('authorities', 'GDIG00');

create table registry.lot (
    lg_code       text    not null,
    machiaza_id   text    not null,
    prc_id        text    not null,
    valid_from    date    not null, -- 0001-01-01 where the file says none
    valid_until   date,             -- last day; null while it stands
    loading       int     not null references registry.loading,
    line          int     not null, -- 0 where a later full file no longer has it
    town          text    not null, -- 大字・町, 丁目, 小字
    lot           text    not null,
    displayed     boolean not null, -- 住居表示 in force
    number        text    not null, -- 不動産番号; empty where the file has none
    place_key     text    not null collate "C",
    lot_key       text    not null collate "C",
    digest        bigint  not null,
    until_loading int     references registry.loading, -- the file that put it right
    primary key (lg_code, machiaza_id, prc_id, valid_from, loading)
);
create index lot_lot on registry.lot (lg_code, lot_key);
create index lot_number on registry.lot (number) where number <> '';
alter table registry.lot enable row level security;
create policy everybody on registry.lot for select using (true);
create policy keeper on registry.lot using ((select registry.keeps('lots')));
revoke delete, truncate on registry.lot from kiban_app;

-- 代表点: where a lot is, as a file of positions says
create table registry.lot_position (
    lg_code       text   not null,
    machiaza_id   text   not null,
    prc_id        text   not null,
    lat           double precision not null,
    lng           double precision not null,
    srid          text   not null, -- the system that the degrees are of
    loading       int    not null references registry.loading,
    line          int    not null,
    digest        bigint not null,
    until_loading int    references registry.loading,
    primary key (lg_code, machiaza_id, prc_id, loading)
);
alter table registry.lot_position enable row level security;
create policy everybody on registry.lot_position for select using (true);
create policy keeper on registry.lot_position using ((select registry.keeps('lots')));
revoke delete, truncate on registry.lot_position from kiban_app;

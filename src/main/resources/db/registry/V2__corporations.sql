-- 法人: the newest that is known of each corporation. Public data; written by the keeper only.
create table registry.corporation (
    number          bigint   not null primary key,
    change_date     date     not null, -- from when on this is so
    update_date     date     not null,
    assignment_date date     not null,
    close_date      date,
    successor       bigint,
    loading         int      not null references registry.loading, -- where it comes from: the file
    line            int      not null,                             -- and its line
    process         smallint not null,
    kind            smallint not null,
    close_cause     smallint,
    corrected       boolean  not null,
    hidden          boolean  not null, -- 検索対象除外: found by its number only
    digest          bigint   not null, -- of all that the file says
    name            text     not null,
    furigana        text     not null,
    prefecture_code text     not null,
    city_code       text     not null,
    prefecture      text     not null,
    city            text     not null,
    street          text     not null,
    post_code       text     not null,
    outside         text     not null,
    change_cause    text     not null,
    en_name         text     not null,
    en_prefecture   text     not null,
    en_city         text     not null,
    en_outside      text     not null,
    images          text     not null, -- ids of the images of name, address and address abroad, by '/'
    key             text     not null collate "C", -- the folded name, without its legal form
    kana_key        text     not null collate "C",
    grams           int[]    not null  -- pairs of characters of both keys
);
create index corporation_key on registry.corporation (key) where not hidden;
create index corporation_kana on registry.corporation (kana_key) where not hidden and kana_key <> '';
create index corporation_grams on registry.corporation using gin (grams) with (fastupdate = on);
alter table registry.corporation enable row level security;
create policy everybody on registry.corporation for select using (true);
create policy keeper on registry.corporation using ((select registry.keeps('corporations')));
revoke truncate on registry.corporation from kiban_app;

-- 過去の記録: what was so before, or was believed before it was put right (until_loading)
create table registry.corporation_past (
    number bigint not null, change_date date not null, update_date date not null, assignment_date date not null, close_date date,
    successor bigint, loading int not null references registry.loading, line int not null, process smallint not null, kind smallint not null,
    close_cause smallint, corrected boolean not null, hidden boolean not null, digest bigint not null, name text not null,
    furigana text not null, prefecture_code text not null, city_code text not null, prefecture text not null, city text not null,
    street text not null, post_code text not null, outside text not null, change_cause text not null, en_name text not null,
    en_prefecture text not null, en_city text not null, en_outside text not null, images text not null,
    until_loading int references registry.loading, -- the file that put it right; null where it was simply so until the next
    primary key (number, change_date, loading, line)
);
alter table registry.corporation_past enable row level security;
create policy everybody on registry.corporation_past for select using (true);
create policy keeper on registry.corporation_past using ((select registry.keeps('corporations')));
revoke truncate on registry.corporation_past from kiban_app;

-- 所在地の照合: where the address dictionary says that a corporation is
create table registry.corporation_place (
    number      bigint not null primary key,
    digest      bigint not null, -- of the row that was matched
    lg_code     text   not null,
    machiaza_id text   not null,
    level       text   not null,
    lat         double precision,
    lng         double precision,
    edition     text   not null -- of the dictionary
);
create index corporation_place_town on registry.corporation_place (lg_code, machiaza_id);
alter table registry.corporation_place enable row level security;
create policy everybody on registry.corporation_place for select using (true);
create policy keeper on registry.corporation_place using ((select registry.keeps('corporations')));

-- The first filling of an empty table is three times as fast when the search indexes are made at its end. Only in the
-- keeper's name.
create function registry.corporation_indexes(wanted boolean) returns void language plpgsql security definer set search_path = registry as $$
begin
    if not registry.keeps('corporations') then
        raise exception 'only the keeper of the corporations may do this';
    end if;
    if wanted then
        set local maintenance_work_mem = '256MB';
        create index if not exists corporation_key on registry.corporation (key) where not hidden;
        create index if not exists corporation_kana on registry.corporation (kana_key) where not hidden and kana_key <> '';
        create index if not exists corporation_grams on registry.corporation using gin (grams) with (fastupdate = on);
        analyze registry.corporation;
    else
        drop index if exists registry.corporation_key, registry.corporation_kana, registry.corporation_grams;
    end if;
end $$;
revoke execute on function registry.corporation_indexes from public;
grant execute on function registry.corporation_indexes to kiban_app;

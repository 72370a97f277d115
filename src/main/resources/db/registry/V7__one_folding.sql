-- Searches that are narrowed by prefecture, kind or being open stay within their index; the pairs of a name carry marks of the same. Keys are
-- made anew where they are of an older folding (corporation_keys).
drop index registry.corporation_key, registry.corporation_kana, registry.corporation_grams;
alter table registry.corporation drop constraint corporation_pkey;
alter table registry.corporation add primary key (number) include (hidden, prefecture_code, kind, close_date);
create index corporation_key on registry.corporation (key, number) include (kana_key, prefecture_code, kind, close_date) where not hidden;
create index corporation_kana on registry.corporation (kana_key, number) include (key, prefecture_code, kind, close_date)
    where not hidden and kana_key <> '';
create index corporation_grams on registry.corporation using gin (grams) with (fastupdate = on);
create index corporation_narrow on registry.corporation (prefecture_code, kind, number) include (close_date) where not hidden;

-- 検索の鍵の版: by which folding the keys are made, and up to which number they are made anew
create table registry.corporation_keys (
    one     boolean not null primary key default true check (one),
    folding int     not null,
    number  bigint  not null -- all keys up to here are of the folding; 9999999999999 when all are
);
alter table registry.corporation_keys enable row level security;
create policy everybody on registry.corporation_keys for select using (true);
create policy keeper on registry.corporation_keys using ((select registry.keeps('corporations')));
revoke delete, truncate on registry.corporation_keys from kiban_app;

create or replace function registry.corporation_indexes(wanted boolean) returns void language plpgsql security definer set search_path = registry as $$
begin
    if not registry.keeps('corporations') then
        raise exception 'only the keeper of the corporations may do this';
    end if;
    if wanted then
        set local maintenance_work_mem = '256MB';
        create index if not exists corporation_key on registry.corporation (key, number) include (kana_key, prefecture_code, kind, close_date)
            where not hidden;
        create index if not exists corporation_kana on registry.corporation (kana_key, number) include (key, prefecture_code, kind, close_date)
            where not hidden and kana_key <> '';
        create index if not exists corporation_grams on registry.corporation using gin (grams) with (fastupdate = on);
        create index if not exists corporation_narrow on registry.corporation (prefecture_code, kind, number) include (close_date)
            where not hidden;
        analyze registry.corporation;
    else
        drop index if exists registry.corporation_key, registry.corporation_kana, registry.corporation_grams, registry.corporation_narrow;
    end if;
end $$;

-- After a load: what waits to be sorted into the index of pairs is, so that no search has to read through it.
create function registry.corporation_settle() returns void language plpgsql security definer set search_path = registry as $$
begin
    if not registry.keeps('corporations') then
        raise exception 'only the keeper of the corporations may do this';
    end if;
    perform gin_clean_pending_list('registry.corporation_grams');
    analyze registry.corporation;
end $$;
revoke execute on function registry.corporation_settle from public;
grant execute on function registry.corporation_settle to kiban_app;

-- Names and readings are looked up in the index alone: what orders and tells apart the found stands in it.
drop index registry.corporation_key, registry.corporation_kana;
create index corporation_key on registry.corporation (key, number) include (kana_key) where not hidden;
create index corporation_kana on registry.corporation (kana_key, number) include (key) where not hidden and kana_key <> '';

create or replace function registry.corporation_indexes(wanted boolean) returns void language plpgsql security definer set search_path = registry as $$
begin
    if not registry.keeps('corporations') then
        raise exception 'only the keeper of the corporations may do this';
    end if;
    if wanted then
        set local maintenance_work_mem = '256MB';
        create index if not exists corporation_key on registry.corporation (key, number) include (kana_key) where not hidden;
        create index if not exists corporation_kana on registry.corporation (kana_key, number) include (key) where not hidden and kana_key <> '';
        create index if not exists corporation_grams on registry.corporation using gin (grams) with (fastupdate = on);
        analyze registry.corporation;
    else
        drop index if exists registry.corporation_key, registry.corporation_kana, registry.corporation_grams;
    end if;
end $$;

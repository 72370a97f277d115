-- 検査の場の終わり: a session ends when it is ended, or by itself; then nothing of its invented authority is left anywhere
alter table conformity.session add column ends_at timestamptz, add column ended_at timestamptz;
update conformity.session set ends_at = opened_at + interval '2 hours';
alter table conformity.session alter column ends_at set not null;
create index session_ends on conformity.session (ends_at);
grant update (ended_at) on conformity.session to kiban_app;

-- 開いた時刻: for the limit by the hour; nothing else is kept of a session that is gone
create table conformity.opening (
    at timestamptz not null
);
create index opening_at on conformity.opening (at);
revoke all on conformity.opening from kiban_app;

-- whether one more may be opened, which is then noted; else the time at which it may. One at a time, so that the limits hold
create function conformity.open_one(real_now timestamptz, most_open bigint, most_an_hour bigint) returns timestamptz
    language plpgsql security definer set search_path = conformity, pg_temp as $$
declare
    again timestamptz;
begin
    perform pg_advisory_xact_lock(hashtextextended('conformity.opening', 0));
    delete from opening where at <= real_now - interval '1 hour';
    select s.ends_at into again from session s where s.ended_at is null and s.ends_at > real_now
        order by s.ends_at desc offset greatest(most_open - 1, 0) limit 1;
    if found or most_open < 1 then
        return coalesce(again, real_now + interval '1 hour');
    end if;
    select o.at + interval '1 hour' into again from opening o
        order by o.at desc offset greatest(most_an_hour - 1, 0) limit 1;
    if found or most_an_hour < 1 then
        return coalesce(again, real_now + interval '1 hour');
    end if;
    insert into opening (at) values (real_now);
    return null;
end $$;

-- forgets an invented authority: every row of every table that has an authority. Refuses any other, and one whose test goes
-- on. Records that nobody may ever delete (events, steps, the chain) are those of real authorities; a test decides nothing
create function conformity.forget(test text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    place record;
    gone  bigint;
    total bigint := 0;
begin
    if test !~ '^T[0-9A-Z]{5}$' or exists (select from conformity.session s where s.authority = test and s.ended_at is null) then
        raise exception 'only an invented authority whose test has ended is forgotten, not %', test;
    end if;
    for place in
        select n.nspname as room, c.relname as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
        where c.relkind = 'r' and a.attname = 'authority' and not a.attisdropped
          and n.nspname !~ '^pg_|^information_schema$' and not (n.nspname = 'conformity' and c.relname = 'session')
        order by 1, 2
    loop
        execute format('delete from %I.%I where authority = $1', place.room, place.name) using test;
        get diagnostics gone = row_count;
        total := total + gone;
    end loop;
    return total;
end $$;

-- ends what is past its time, and forgets once more what ended a minute ago: what was still under way then is gone as well
create function conformity.sweep(real_now timestamptz) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    due   record;
    swept bigint := 0;
begin
    for due in
        select s.authority, s.ended_at from conformity.session s
        where (s.ended_at is null and s.ends_at <= real_now) or s.ended_at <= real_now - interval '1 minute'
        for update skip locked
    loop
        if due.ended_at is null then
            update conformity.session set ended_at = real_now where authority = due.authority;
            perform conformity.forget(due.authority);
        else
            perform conformity.forget(due.authority);
            delete from conformity.session where authority = due.authority;
        end if;
        swept := swept + 1;
    end loop;
    return swept;
end $$;

revoke execute on function conformity.open_one, conformity.forget, conformity.sweep from public;
grant execute on function conformity.open_one, conformity.forget, conformity.sweep to kiban_app;

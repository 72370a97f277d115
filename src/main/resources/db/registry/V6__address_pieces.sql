-- Results of address runs are kept in pieces: a list of any length goes through without ever being whole in memory.
alter table registry.address_run drop column result;
alter table registry.address_run add column lines bigint not null default 0;
alter table registry.address_run add column seen_at timestamptz not null default now(); -- when the node that works on it last said so
alter table registry.address_run drop constraint address_run_stage_check;
alter table registry.address_run add constraint address_run_stage_check
    check (stage in ('RUNNING', 'DONE', 'CANCELLED', 'REFUSED', 'INTERRUPTED'));

create table registry.address_piece (
    authority text  not null,
    run       uuid  not null,
    number    int   not null,
    packed    bytea not null, -- gzip
    primary key (authority, run, number),
    foreign key (authority, run) references registry.address_run (authority, id) on delete cascade
);
alter table registry.address_piece alter column packed set storage external;
alter table registry.address_piece enable row level security;
create policy tenant on registry.address_piece using (authority = current_setting('kiban.authority', true)
    and current_setting('kiban.scope', true) = 'authority');

-- 期限: whoever's they are, runs and results go when their day is over
create function registry.forget_address_runs(begun_before timestamptz) returns bigint
    language sql security definer set search_path = registry, pg_temp as $$
    with gone as (delete from address_run where begun_at < begun_before returning 1)
    select count(*) from gone
$$;

-- 中断: a run whose node has been silent will not end any more; what it had written is of no use
create function registry.interrupt_address_runs(seconds int) returns bigint
    language sql security definer set search_path = registry, pg_temp as $$
    with still as (update address_run set stage = 'INTERRUPTED', ended_at = seen_at
            where stage = 'RUNNING' and seen_at < now() - make_interval(secs => seconds) returning authority, id),
        gone as (delete from address_piece p using still s where p.authority = s.authority and p.run = s.id returning 1)
    select count(*) from still
$$;

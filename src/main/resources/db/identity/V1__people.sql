-- 発行番号と宛名番号の紐付け: which certificate (issuer, serial) is which resident of which authority
create table identity.person_link (
    authority text        not null,
    issuer    bytea       not null,
    serial    text        not null,
    person    text        not null,
    since     timestamptz not null default clock_timestamp(),
    primary key (authority, issuer, serial)
);
create index person_link_certificate on identity.person_link (issuer, serial);
alter table identity.person_link enable row level security;
create policy tenant on identity.person_link
    using (authority = current_setting('kiban.authority', true) and (current_setting('kiban.scope', true) = 'authority'
        or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));

-- 職員名簿
create table identity.officer (
    authority text not null,
    id        text not null,
    name      text not null,
    roles     text not null,
    primary key (authority, id)
);
alter table identity.officer enable row level security;
create policy tenant on identity.officer
    using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

create table identity.officer_link (
    authority text        not null,
    issuer    bytea       not null,
    serial    text        not null,
    officer   text        not null,
    since     timestamptz not null default clock_timestamp(),
    primary key (authority, issuer, serial)
);
create index officer_link_certificate on identity.officer_link (issuer, serial);
alter table identity.officer_link enable row level security;
create policy tenant on identity.officer_link
    using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

-- whose certificate it is must be known before the authority is: two narrow lookups, one exact certificate at a time
create function identity.person_of(certificate_issuer bytea, certificate_serial text)
    returns table (authority text, person text)
    language sql stable security definer set search_path = identity, pg_temp
    as $$ select l.authority, l.person from identity.person_link l
          where l.issuer = certificate_issuer and l.serial = certificate_serial order by l.since desc limit 1 $$;

create function identity.officer_of(certificate_issuer bytea, certificate_serial text)
    returns table (authority text, id text, name text, roles text)
    language sql stable security definer set search_path = identity, pg_temp
    as $$ select o.authority, o.id, o.name, o.roles from identity.officer_link l
          join identity.officer o on o.authority = l.authority and o.id = l.officer
          where l.issuer = certificate_issuer and l.serial = certificate_serial order by l.since desc limit 1 $$;

revoke execute on function identity.person_of, identity.officer_of from public;
grant execute on function identity.person_of, identity.officer_of to kiban_app;

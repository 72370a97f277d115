-- 署名要求: begun before anybody is known; single use. Whose it becomes is a certificate's number for the minute between
-- the card's answer and the browser's return, and the row goes within the hour.
create table identity.challenge (
    id          text        primary key,
    door        text        not null,
    nonce       text        not null,
    browser     bytea       not null,
    next        text        not null,
    begun_at    timestamptz not null,
    answered_at timestamptz,
    code        bytea       unique,
    issuer      bytea,
    serial      text,
    returned_at timestamptz
);
create index challenge_age on identity.challenge (begun_at);
alter table identity.challenge enable row level security;
create policy before_anybody on identity.challenge using (current_setting('kiban.scope', true) = 'nation');

-- セッション: only the SHA-256 of the token that the browser holds. An ended one is kept for a day, so that what its
-- owner was typing can be kept for its owner.
create table identity.session (
    authority  text        not null,
    token      bytea       not null,
    kind       text        not null,
    who        text        not null,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    ended_at   timestamptz,
    primary key (authority, token)
);
create index session_token on identity.session (token);
create index session_age on identity.session (started_at);
alter table identity.session enable row level security;
create policy tenant on identity.session
    using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

-- 預かり: what somebody had typed when their session ended
create table identity.parked (
    authority text        not null,
    id        text        not null,
    person    text        not null,
    officer   text        not null,
    path      text        not null,
    fields    jsonb       not null,
    parked_at timestamptz not null,
    primary key (authority, id)
);
create index parked_whose on identity.parked (authority, person, officer, path);
create index parked_age on identity.parked (parked_at);
alter table identity.parked enable row level security;
create policy tenant on identity.parked
    using (authority = current_setting('kiban.authority', true) and (current_setting('kiban.scope', true) = 'authority'
        or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));

-- whose session a token is must be known before the authority is
create function identity.session_of(session_token bytea)
    returns table (authority text, kind text, who text, started_at timestamptz, seen_at timestamptz,
        ended_at timestamptz, officer_name text, officer_roles text)
    language sql stable security definer set search_path = identity, pg_temp
    as $$ select s.authority, s.kind, s.who, s.started_at, s.seen_at, s.ended_at, o.name, o.roles
          from identity.session s
          left join identity.officer o on s.kind = 'OFFICER' and o.authority = s.authority and o.id = s.who
          where s.token = session_token $$;

-- forgets, in every authority, what is past its time; answers nothing about it
create function identity.forget(real_now timestamptz) returns void
    language sql volatile security definer set search_path = identity, pg_temp
    as $$ delete from identity.challenge where begun_at < real_now - interval '1 hour';
          delete from identity.session where started_at < real_now - interval '2 days';
          delete from identity.parked where parked_at < real_now - interval '1 day' $$;

revoke execute on function identity.session_of, identity.forget from public;
grant execute on function identity.session_of, identity.forget to kiban_app;

-- 出来事: what happened, in order, for ever. Append only: the application may insert and read, never change.
create table store.event (
    seq        bigint generated always as identity primary key,
    -- the transaction that wrote it: readers stop before the oldest one still open, so that an event whose number is
    -- small but whose commit is late is never jumped over
    tx         xid8        not null default pg_current_xact_id(),
    authority  text        not null,
    kind       text        not null,
    subject    text        not null,
    at         timestamptz not null,
    body       jsonb       not null
);
create index event_order on store.event (tx, seq);
create index event_subject on store.event (authority, subject, seq);
alter table store.event enable row level security;
create policy tenant on store.event
    using (authority = current_setting('kiban.authority', true) or current_setting('kiban.scope', true) = 'nation');
revoke update, delete, truncate on store.event from kiban_app;

-- 読み位置: how far each handler has read; moved in the handler's own transaction, so it acts exactly once
create table store.cursor (
    handler text primary key,
    tx      xid8   not null,
    seq     bigint not null
);

-- 保留: events that a handler could not take after several tries; the rest goes on, health tells
create table store.parked (
    handler   text        not null,
    seq       bigint      not null,
    authority text        not null,
    error     text        not null,
    at        timestamptz not null default now(),
    primary key (handler, seq)
);

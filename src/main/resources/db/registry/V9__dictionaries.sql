-- 辞書の版: one release of the address dictionary, from its first source file to its use. What it is made of lies in the data folder
create table registry.dictionary_release (
    id        int         generated always as identity primary key,
    stage     text        not null check (stage in ('COLLECTING', 'BUILDING', 'BUILT', 'DISCARDED')),
    note      text        not null default '', -- what it is, in the words of who began it
    creator   text        not null,
    begun_at  timestamptz not null,
    done      int         not null default 0,  -- tables read, of so many
    of        int         not null default 0,
    step      text        not null default '',
    said      text        not null default '', -- why the last build gave nothing
    built_at  timestamptz,
    version   text        not null default '',
    sha256    text        not null default '', -- of the dictionary file
    bytes     bigint      not null default 0,
    towns     bigint      not null default 0,
    defects   bigint      not null default 0,
    before    text        not null default '', -- version that the difference is from
    appeared  bigint      not null default 0,
    gone      bigint      not null default 0,
    renamed   bigint      not null default 0,
    moved     bigint      not null default 0
);
alter table registry.dictionary_release enable row level security;
create policy everybody on registry.dictionary_release for select using (true);
create policy keeper on registry.dictionary_release using ((select registry.keeps('addresses')));
revoke delete, truncate on registry.dictionary_release from kiban_app;

create table registry.dictionary_source (
    release  int    not null references registry.dictionary_release,
    position int    not null,
    name     text   not null,
    uploaded boolean not null, -- else laid into registry/incoming by the operator
    bytes    bigint not null,
    sha256   text   not null,
    kinds    text   not null default '', -- what it was found to hold
    rows     bigint not null default 0,
    defects  bigint not null default 0,
    primary key (release, position),
    unique (release, sha256)
);
alter table registry.dictionary_source enable row level security;
create policy everybody on registry.dictionary_source for select using (true);
create policy keeper on registry.dictionary_source using ((select registry.keeps('addresses')));
revoke truncate on registry.dictionary_source from kiban_app;

-- 適用: proposed by one person, approved by another; release 0 is what the operator's own settings name. The newest that has taken
-- effect is in force; earlier ones are the history
create table registry.dictionary_order (
    id           int         generated always as identity primary key,
    release      int         not null,
    stage        text        not null check (stage in ('PROPOSED', 'APPROVED', 'SENT_BACK', 'WITHDRAWN')),
    day          date,                       -- from the beginning of that day; null: at once
    proposer     text        not null,
    proposed_at  timestamptz not null,
    decider      text        not null default '',
    decided_at   timestamptz,
    effective_at timestamptz,
    note         text        not null default ''
);
create unique index dictionary_order_open on registry.dictionary_order (release) where stage = 'PROPOSED';
alter table registry.dictionary_order enable row level security;
create policy everybody on registry.dictionary_order for select using (true);
create policy keeper on registry.dictionary_order using ((select registry.keeps('addresses')));
revoke delete, truncate on registry.dictionary_order from kiban_app;

-- 影響: how many stored records have an id that the release takes away, renames or moves: numbers by authority and where they are
-- stored, for the keeper and for that authority
create table registry.dictionary_touch (
    release   int    not null references registry.dictionary_release,
    authority text   not null,
    holder    text   not null,
    what      text   not null check (what in ('GONE', 'RENAMED', 'MOVED', 'OTHER_VERSION')),
    records   bigint not null,
    primary key (release, authority, holder, what)
);
alter table registry.dictionary_touch enable row level security;
create policy own on registry.dictionary_touch for select using (current_setting('kiban.scope', true) = 'authority'
    and authority = current_setting('kiban.authority', true));
create policy keeper on registry.dictionary_touch using ((select registry.keeps('addresses')));
revoke truncate on registry.dictionary_touch from kiban_app;

-- the towns that are concerned: what the registry says of them, before and after
create table registry.dictionary_change (
    release     int    not null references registry.dictionary_release,
    lg_code     text   not null,
    machiaza_id text   not null,
    what        text   not null,
    before      text   not null,
    after       text   not null,
    metres      bigint not null,
    primary key (release, lg_code, machiaza_id, what)
);
alter table registry.dictionary_change enable row level security;
create policy everybody on registry.dictionary_change for select using (true);
create policy keeper on registry.dictionary_change using ((select registry.keeps('addresses')));
revoke truncate on registry.dictionary_change from kiban_app;

-- and the records themselves, which only their authority sees
create table registry.dictionary_touched (
    authority   text   not null,
    release     int    not null,
    version     text   not null, -- of the dictionary that was looked at: what an earlier try left behind is not shown
    holder      text   not null,
    item        text   not null, -- a receipt number; '' where records are only counted
    lg_code     text   not null,
    machiaza_id text   not null,
    records     bigint not null,
    primary key (authority, release, holder, item, lg_code, machiaza_id)
);
alter table registry.dictionary_touched enable row level security;
create policy tenant on registry.dictionary_touched using (authority = current_setting('kiban.authority', true)
    and current_setting('kiban.scope', true) = 'authority');
revoke truncate on registry.dictionary_touched from kiban_app;

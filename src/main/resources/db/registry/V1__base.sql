-- 管理者: which body keeps which registry in this house. National registries are read by everybody who may see them, and
-- written in the keeper's name only.
create table registry.keeper (
    registry text not null primary key,
    keeper   text not null -- the code of the body
);
insert into registry.keeper (registry, keeper) values
    ('corporations', 'GDIG00'), ('real-estate', 'GDIG00'), ('postal-codes', 'GDIG00'), ('addresses', 'GDIG00');
revoke insert, update, delete, truncate on registry.keeper from kiban_app;

create function registry.keeps(which text) returns boolean language sql stable as $$
    select current_setting('kiban.scope', true) = 'authority'
       and exists (select from registry.keeper k where k.registry = which and k.keeper = current_setting('kiban.authority', true))
$$;

-- 読込み: one file that was given to a registry, and what became of it
create table registry.loading (
    id          int         generated always as identity primary key,
    registry    text        not null references registry.keeper,
    kind        text        not null check (kind in ('FULL', 'DIFFERENCE')),
    scope       text        not null default '', -- '' the whole country, else what part of it the file covers
    edition     date        not null,            -- the day of the file
    file        text        not null,
    sha256      text        not null,
    bytes       bigint      not null,
    stage       text        not null check (stage in ('PROPOSED', 'APPROVED', 'RUNNING', 'DONE', 'SENT_BACK', 'STOPPED')),
    gap_reason  text        not null default '', -- why a day without a file is no gap
    gone_accepted boolean   not null default false,
    fresh       boolean     not null default false, -- fills an empty registry
    lines       bigint      not null default 0,  -- of the file, once it has been read through
    line        bigint      not null default 0,  -- where the load stands: everything up to here is kept
    added       bigint      not null default 0,
    changed     bigint      not null default 0,
    same        bigint      not null default 0,
    bad         bigint      not null default 0,
    gone        bigint      not null default 0,
    proposer    text        not null,
    proposed_at timestamptz not null,
    approver    text        not null default '',
    approved_at timestamptz,
    known_at    timestamptz,                     -- from when on its rows count as known
    done_at     timestamptz,
    note        text        not null default ''
);
create unique index loading_once on registry.loading (registry, sha256) where stage <> 'SENT_BACK';
alter table registry.loading enable row level security;
create policy everybody on registry.loading for select using (true);
create policy keeper on registry.loading using ((select registry.keeps(registry)));
revoke delete, truncate on registry.loading from kiban_app;

-- 誤り: each bad row of a file, by line and column, with what was seen
create table registry.loading_fault (
    loading int    not null references registry.loading,
    line    bigint not null,
    col     int    not null, -- from 1; 0 for the whole line
    code    text   not null,
    seen    text   not null,
    primary key (loading, line, col, code)
);
alter table registry.loading_fault enable row level security;
create policy everybody on registry.loading_fault for select using (true);
create policy keeper on registry.loading_fault using (exists (select from registry.loading l where l.id = loading and registry.keeps(l.registry)));
revoke update, truncate on registry.loading_fault from kiban_app;

-- 変更: what a load changed, item by item (not the first filling of an empty registry); the order is the cursor
create table registry.change (
    seq      bigint      generated always as identity primary key,
    registry text        not null references registry.keeper,
    item     text        not null, -- the item's number; '' for a whole edition
    what     text        not null check (what in ('EDITION', 'ADDED', 'CHANGED', 'GONE')),
    detail   text        not null default '',
    loading  int         not null references registry.loading,
    at       timestamptz not null
);
create index change_registry on registry.change (registry, seq);
create index change_item on registry.change (registry, item);
alter table registry.change enable row level security;
create policy everybody on registry.change for select using (true);
create policy keeper on registry.change using ((select registry.keeps(registry)));
revoke update, delete, truncate on registry.change from kiban_app;

-- 訂正の申出: what a resident or an officer says is wrong; tenant data of who says so, read and answered by the keeper
create table registry.correction (
    authority  text        not null,
    id         bigint      generated always as identity,
    person     text        not null default '', -- the resident; '' where an officer tells
    officer    text        not null default '',
    registry   text        not null references registry.keeper,
    item       text        not null,
    keeper     text        not null,
    field      text        not null,
    held       text        not null, -- what the registry says
    claimed    text        not null, -- what is right, as far as they know
    evidence   text        not null,
    language   text        not null,
    press      text        not null, -- of the form: a second press is the same request
    stage      text        not null check (stage in ('ASKED', 'LOOKING', 'ACCEPTED', 'REFUSED', 'MENDED', 'WITHDRAWN')),
    at         timestamptz not null,
    primary key (authority, id),
    unique (authority, press)
);
create index correction_keeper on registry.correction (keeper, stage, id);
alter table registry.correction enable row level security;
create policy tenant on registry.correction using (
    (current_setting('kiban.scope', true) = 'authority' and keeper = current_setting('kiban.authority', true))
    or (authority = current_setting('kiban.authority', true) and (
        (current_setting('kiban.scope', true) = 'authority' and person = '')
        or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true)))));
revoke delete, truncate on registry.correction from kiban_app;

create table registry.correction_step (
    authority text        not null,
    id        bigint      not null,
    step      int         not null,
    stage     text        not null,
    who       text        not null, -- 'resident', or the officer's body and name
    note      text        not null default '',
    at        timestamptz not null,
    primary key (authority, id, step)
);
alter table registry.correction_step enable row level security;
create policy tenant on registry.correction_step using (exists (
    select from registry.correction c where c.authority = correction_step.authority and c.id = correction_step.id));
revoke update, delete, truncate on registry.correction_step from kiban_app;

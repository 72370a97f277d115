-- 見積: what vendors quoted to a municipality; its own until it shares them
create table cost.quote (
    authority  text        not null,
    id         uuid        not null,
    replaces   uuid,
    file       text        not null,
    content    bytea       not null,
    mapping    jsonb       not null,
    added_at   timestamptz not null,
    added_by   text        not null,
    removed_at timestamptz,
    primary key (authority, id)
);
create index quote_added on cost.quote (authority, added_at desc);
alter table cost.quote enable row level security;
create policy tenant on cost.quote using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on cost.quote from kiban_app;
grant update (removed_at) on cost.quote to kiban_app;

-- 見積への回答: what the vendor answered to a question and what came of it; the latest counts, earlier ones stay
create table cost.quote_answer (
    authority text        not null,
    quote     uuid        not null,
    rule      text        not null,
    at        timestamptz not null,
    by        text        not null,
    answer    text        not null,
    result    text        not null check (result in ('OPEN', 'ACCEPTED', 'WITHDRAWN', 'REDUCED')),
    saved     bigint      not null check (saved >= 0),
    primary key (authority, quote, rule, at)
);
alter table cost.quote_answer enable row level security;
create policy tenant on cost.quote_answer using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on cost.quote_answer from kiban_app;

-- 見出しの対応: which heading of vendors' tables is which column of the form, as officers said once
create table cost.quote_heading (
    authority text not null,
    key       text not null,
    heading   text not null,
    primary key (authority, key, heading)
);
alter table cost.quote_heading enable row level security;
create policy tenant on cost.quote_heading using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke delete, truncate on cost.quote_heading from kiban_app;

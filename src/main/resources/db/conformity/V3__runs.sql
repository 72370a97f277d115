-- 適合性検査: runs that a ministry has started from here. What was sent for one, and the entry key of its target, are not kept
create table conformity.run (
    authority    text        not null,
    id           uuid        not null,
    standard     text        not null, -- child-allowance@2024-10-01
    name         jsonb       not null,
    sent         boolean     not null, -- the text was sent for this run, not taken from the desk
    target       text        not null,
    keyed        boolean     not null, -- an entry key went along
    generated    int         not null,
    officer      text        not null,
    officer_name text        not null,
    stage        text        not null check (stage in ('RUNNING', 'DONE', 'CANCELLED', 'TIMED_OUT', 'FAILED', 'INTERRUPTED')),
    examples     int         not null default 0,
    done         int         not null default 0,
    total        int         not null default 0,
    seconds      int         not null default 0,
    begun_at     timestamptz not null,
    beat_at      timestamptz not null, -- as time passes: a run that no longer beats was interrupted
    ended_at     timestamptz,
    cancelling   boolean     not null default false,
    said         text        not null default '',
    conform      boolean,
    differences  int         not null default 0,
    report       text        not null default '',
    signed       text        not null default '',
    signed_by    jsonb,                -- the public key
    primary key (authority, id)
);
create unique index run_one_at_a_time on conformity.run (authority) where stage = 'RUNNING';
create index run_newest on conformity.run (authority, begun_at desc);
alter table conformity.run enable row level security;
create policy tenant on conformity.run
    using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke delete, truncate on conformity.run from kiban_app;

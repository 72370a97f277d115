-- 案内: what a resident is told besides notices: what she can do next, what she is late with, what takes us longer
create table casework.hint (
    authority text        not null,
    receipt   text        not null collate "C",
    number    int         not null,             -- the step of the case that told it
    person    text        not null,
    kind      text        not null,             -- NEXT, YOURS, OURS
    opens     text        not null default '',  -- NEXT: the standard that follows
    told_at   timestamptz not null,
    until_day date        not null,             -- the last day on which it is shown
    primary key (authority, receipt, number, kind, opens)
);
create index hint_person on casework.hint (authority, person, told_at);
alter table casework.hint enable row level security;
create policy tenant on casework.hint using (authority = current_setting('kiban.authority', true)
    and (current_setting('kiban.scope', true) = 'authority' or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, delete, truncate on casework.hint from kiban_app;

-- 流れの現在: one row a running flow; its tokens, timers and stage are one value
create table flow.instance (
    authority  text  not null,
    subject    text  not null collate "C",
    definition text  not null,             -- the standard and version whose diagram it runs
    version    int   not null,             -- the number of its last step
    state      jsonb not null,
    over       boolean not null,
    primary key (authority, subject)
);
alter table flow.instance enable row level security;
create policy tenant on flow.instance using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

-- 歩み: one row an event, append only: what came, and which nodes were gone through
create table flow.step (
    authority text        not null,
    subject   text        not null collate "C",
    number    int         not null,
    at        timestamptz not null,
    event     text        not null,
    path      text[]      not null,
    primary key (authority, subject, number)
);
alter table flow.step enable row level security;
create policy tenant on flow.step using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on flow.step from kiban_app;

-- 期限: what comes due when; a row goes in the transaction in which the timer acts
create table flow.timer (
    authority text        not null,
    subject   text        not null collate "C",
    token     int         not null,
    node      text        not null,
    due       timestamptz not null,
    tries     int         not null default 0,
    primary key (authority, subject, token, node)
);
create index timer_due on flow.timer (due);
alter table flow.timer enable row level security;
create policy tenant on flow.timer using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
-- whoever looks for what is due looks everywhere, and sees numbers of applications only
create policy due on flow.timer for select using (current_setting('kiban.scope', true) = 'nation');

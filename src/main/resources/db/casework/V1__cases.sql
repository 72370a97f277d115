-- 事案: one row a case, folded from its steps in the transaction that appends the step; what an inbox sorts and filters by
create table casework.case_file (
    authority        text        not null,
    receipt          text        not null collate "C",
    person           text        not null,
    standard         text        not null,
    standard_version date        not null,
    arrived_at       timestamptz not null,
    arrived_on       date        not null,
    applicant        text        not null,
    kana             text        not null collate "C",
    channel          text        not null,
    stage            text        not null,
    version          int         not null,
    period_days      int         not null,
    paused_days      int         not null default 0,
    paused_since     date,
    due_on           date        not null default 'infinity', -- infinity while the clock stands still or has ended
    suggests         text        not null,                    -- what the rules say of the evidence: GRANT, REFUSE, REDIRECT or empty
    duplicate        boolean     not null default false,      -- the same child is in another application here
    disputes         int         not null default 0,          -- statements of the resident that nobody has looked into yet
    reviewer         text        not null default '',         -- the officer whose desk it is on
    primary key (authority, receipt)
);
-- the inbox: one index a sort order, every open case in front
create index inbox_due on casework.case_file (authority, due_on, receipt) where stage in ('RECEIVED', 'CHECKING', 'CORRECTION', 'PROPOSED');
create index inbox_stage on casework.case_file (authority, stage, due_on, receipt);
create index inbox_arrived on casework.case_file (authority, arrived_at, receipt);
create index inbox_kana on casework.case_file (authority, kana, receipt);
create index inbox_reviewer on casework.case_file (authority, reviewer, due_on) where reviewer <> '';
create index case_person on casework.case_file (authority, person);
alter table casework.case_file enable row level security;
create policy tenant on casework.case_file using (authority = current_setting('kiban.authority', true)
    and (current_setting('kiban.scope', true) = 'authority'
      or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));

-- 経過: the history of a case, append only; the stage of the case is the stage after its last step
create table casework.step (
    authority    text        not null,
    receipt      text        not null collate "C",
    number       int         not null,
    event        text        not null,
    stage        text        not null,
    at           timestamptz not null,
    officer      text        not null default '', -- empty: the resident, or the platform
    officer_name text        not null default '',
    note         text        not null default '',
    detail       jsonb       not null default '{}',
    primary key (authority, receipt, number)
);
alter table casework.step enable row level security;
create policy tenant on casework.step using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on casework.step from kiban_app;

-- 処分: what was decided, on what basis, by whom; never changed
create table casework.decision (
    authority  text        not null,
    receipt    text        not null collate "C",
    kind       text        not null,
    decided_at timestamptz not null,
    decided_on date        not null,
    judgement  jsonb       not null,
    overrule   jsonb,
    proposer   text        not null,
    approver   text        not null,
    check (proposer <> approver),
    primary key (authority, receipt)
);
alter table casework.decision enable row level security;
create policy tenant on casework.decision using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on casework.decision from kiban_app;

-- 通知書: the words that were sent, in the three languages; never changed
create table casework.notice (
    authority text        not null,
    receipt   text        not null collate "C",
    number    int         not null,
    person    text        not null,
    kind      text        not null,
    issued_at timestamptz not null,
    words     jsonb       not null,
    primary key (authority, receipt, number)
);
create index notice_person on casework.notice (authority, person, issued_at);
alter table casework.notice enable row level security;
create policy tenant on casework.notice using (authority = current_setting('kiban.authority', true)
    and (current_setting('kiban.scope', true) = 'authority'
      or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, delete, truncate on casework.notice from kiban_app;

-- 対象児童など: for whom an application asks, to notice the same one in another application of the authority
create table casework.beneficiary (
    authority   text not null,
    standard    text not null,
    beneficiary text not null,
    receipt     text not null collate "C",
    primary key (authority, standard, beneficiary, receipt)
);
create index beneficiary_receipt on casework.beneficiary (authority, receipt);
alter table casework.beneficiary enable row level security;
create policy tenant on casework.beneficiary using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, truncate on casework.beneficiary from kiban_app;

-- 住所の表示: an officer asked to see the address of a protected person, and why
create table casework.disclosure (
    authority text        not null,
    receipt   text        not null collate "C",
    officer   text        not null,
    at        timestamptz not null,
    reason    text        not null,
    primary key (authority, receipt, officer, at)
);
alter table casework.disclosure enable row level security;
create policy tenant on casework.disclosure using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on casework.disclosure from kiban_app;

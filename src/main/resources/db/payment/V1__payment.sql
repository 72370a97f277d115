-- 受給権: what is owed to whom for which month, copied once from the decision; never changed
create table payment.entitlement (
    authority   text        not null,
    receipt     text        not null,
    beneficiary text        not null,
    month       date        not null check (extract(day from month) = 1),
    person      text        not null,
    standard    text        not null,          -- child-allowance@2024-10-01
    service     text        not null generated always as (split_part(standard, '@', 1)) stored,
    yen         bigint      not null check (yen > 0),
    reason      text        not null,
    decided_at  timestamptz not null,
    entered_at  timestamptz not null,
    primary key (authority, receipt, beneficiary, month)
);
create index entitlement_due on payment.entitlement (authority, service, month);
create index entitlement_person on payment.entitlement (authority, person);
alter table payment.entitlement enable row level security;
create policy tenant on payment.entitlement using (authority = current_setting('kiban.authority', true) and (current_setting('kiban.scope', true) = 'authority' or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, delete, truncate on payment.entitlement from kiban_app;

-- 口座: version 1 comes with the application; a corrected one is entered by an officer and counts once another confirms it
create table payment.account (
    authority   text        not null,
    receipt     text        not null,
    version     int         not null,
    person      text        not null,
    bank_code   text        not null,
    bank_name   text        not null,
    branch_code text        not null,
    branch_name text        not null,
    type        int         not null,
    number      text        not null,
    holder_kana text        not null,
    origin      text        not null check (origin in ('CLAIM', 'OFFICER')),
    entered_by  text        not null,
    entered_at  timestamptz not null,
    primary key (authority, receipt, version)
);
alter table payment.account enable row level security;
create policy tenant on payment.account using (authority = current_setting('kiban.authority', true) and (current_setting('kiban.scope', true) = 'authority' or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, delete, truncate on payment.account from kiban_app;

create table payment.account_confirmation (
    authority    text        not null,
    receipt      text        not null,
    version      int         not null,
    entered_by   text        not null,
    confirmed_by text        not null,
    confirmed_at timestamptz not null,
    primary key (authority, receipt, version),
    constraint two_persons check (confirmed_by <> entered_by)
);
alter table payment.account_confirmation enable row level security;
create policy tenant on payment.account_confirmation using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on payment.account_confirmation from kiban_app;

-- 支払回
create table payment.run (
    authority       text        not null,
    number          int         not null,
    service         text        not null,
    pay_day         date        not null,
    covered_through date        not null,
    press           text        not null,      -- the form that was pressed: pressed twice, it is one run
    prepared_by     text        not null,
    prepared_at     timestamptz not null,
    orders          int         not null,
    yen             bigint      not null,
    primary key (authority, number),
    unique (authority, press)
);
alter table payment.run enable row level security;
create policy tenant on payment.run using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on payment.run from kiban_app;

-- 支払回の履歴: the stage of a run is the end of it
create table payment.run_step (
    authority text        not null,
    run       int         not null,
    step      int         not null,
    stage     text        not null,
    by_id     text        not null,
    by_name   text        not null,
    note      text        not null default '',
    at        timestamptz not null,
    primary key (authority, run, step),
    unique (authority, run, stage)
);
alter table payment.run_step enable row level security;
create policy tenant on payment.run_step using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on payment.run_step from kiban_app;

-- 支出命令
create table payment.pay_order (
    authority       text    not null,
    receipt         text    not null,
    pay_day         date    not null,
    sequence        int     not null,
    run             int     not null,
    line            int     not null,
    person          text    not null,
    standard        text    not null,
    yen             bigint  not null check (yen > 0),
    from_month      date    not null,
    through_month   date    not null,
    account_version int     not null,
    repeats         boolean not null,
    primary key (authority, receipt, pay_day, sequence),
    unique (authority, run, line)
);
create index pay_order_person on payment.pay_order (authority, person);
alter table payment.pay_order enable row level security;
create policy tenant on payment.pay_order using (authority = current_setting('kiban.authority', true) and (current_setting('kiban.scope', true) = 'authority' or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, delete, truncate on payment.pay_order from kiban_app;

-- 月の割当て: each month of an entitlement is in one order at most. Freed only when its run is called off.
create table payment.order_month (
    authority   text   not null,
    receipt     text   not null,
    beneficiary text   not null,
    month       date   not null,
    run         int    not null,
    pay_day     date   not null,
    sequence    int    not null,
    yen         bigint not null,
    person      text   not null,
    primary key (authority, receipt, beneficiary, month)
);
create index order_month_run on payment.order_month (authority, run);
alter table payment.order_month enable row level security;
create policy tenant on payment.order_month using (authority = current_setting('kiban.authority', true) and (current_setting('kiban.scope', true) = 'authority' or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, truncate on payment.order_month from kiban_app;

-- 再支出: a returned order is ordered again once. Freed only when the repeating run is called off.
create table payment.reorder (
    authority   text not null,
    receipt     text not null,
    pay_day     date not null,
    sequence    int  not null,
    by_run      int  not null,
    by_pay_day  date not null,
    by_sequence int  not null,
    primary key (authority, receipt, pay_day, sequence)
);
create index reorder_run on payment.reorder (authority, by_run);
alter table payment.reorder enable row level security;
create policy tenant on payment.reorder using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, truncate on payment.reorder from kiban_app;

-- 総合振込ファイル: the bytes as they were written; the reconciliation reads them again
create table payment.file (
    authority  text        not null,
    run        int         not null,
    part       int         not null,
    name       text        not null,
    bytes      bytea       not null,
    lines      int         not null,
    yen        bigint      not null,
    sha256     text        not null,
    written_at timestamptz not null,
    primary key (authority, run, part),
    unique (authority, name)
);
alter table payment.file enable row level security;
create policy tenant on payment.file using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on payment.file from kiban_app;

-- 結果ファイル: as received; the same bytes are one file
create table payment.result_file (
    authority   text        not null,
    sha256      text        not null,
    name        text        not null,
    bytes       bytea       not null,
    received_by text        not null,
    received_at timestamptz not null,
    primary key (authority, sha256)
);
alter table payment.result_file enable row level security;
create policy tenant on payment.result_file using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on payment.result_file from kiban_app;

create table payment.result_applied (
    authority  text        not null,
    sha256     text        not null,
    applied_by text        not null,
    applied_at timestamptz not null,
    changed    int         not null,
    primary key (authority, sha256)
);
alter table payment.result_applied enable row level security;
create policy tenant on payment.result_applied using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on payment.result_applied from kiban_app;

-- 振込結果: once paid and once returned at most for each line (a payment may be sent back later: 組戻)
create table payment.result (
    authority text        not null,
    run       int         not null,
    line      int         not null,
    kind      text        not null check (kind in ('PAID', 'RETURNED')),
    receipt   text        not null,
    pay_day   date        not null,
    sequence  int         not null,
    person    text        not null,
    yen       bigint      not null,
    reason    text        not null,
    bank_day  date        not null,
    sha256    text        not null,
    at        timestamptz not null,
    primary key (authority, run, line, kind)
);
create index result_order on payment.result (authority, receipt, pay_day, sequence);
alter table payment.result enable row level security;
create policy tenant on payment.result using (authority = current_setting('kiban.authority', true) and (current_setting('kiban.scope', true) = 'authority' or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, delete, truncate on payment.result from kiban_app;

-- 振込依頼人: the authority at its own bank; the newest counts
create table payment.originator (
    authority   text        not null,
    version     int         not null,
    code        text        not null,
    name_kana   text        not null,
    bank_code   text        not null,
    bank_name   text        not null,
    branch_code text        not null,
    branch_name text        not null,
    type        int         not null,
    number      text        not null,
    crlf        boolean     not null,
    set_by      text        not null,
    set_at      timestamptz not null,
    primary key (authority, version)
);
alter table payment.originator enable row level security;
create policy tenant on payment.originator using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on payment.originator from kiban_app;

-- 試行の事案: which side of a trial (特区の試行) a case is on, and what came of it; by number, no personal data
create table statistics.trial_case (
    authority text    not null,
    standard  text    not null,
    trial     int     not null,
    receipt   text    not null,
    inside    boolean not null,
    seconds   bigint  not null,
    outcome   text,
    days      int,
    yen       bigint,
    primary key (authority, standard, trial, receipt)
);
create index trial_case_receipt on statistics.trial_case (authority, receipt);
alter table statistics.trial_case enable row level security;
create policy tenant on statistics.trial_case using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

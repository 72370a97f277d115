-- 試行の両側: whether a case could have been in the trial (its group and area), and what else the standard counts
alter table statistics.trial_case add column eligible boolean not null default true;
alter table statistics.trial_case add column typed int not null default 0;
alter table statistics.trial_case add column online boolean not null default true;
alter table statistics.trial_case add column persons int;
alter table statistics.trial_case add column corrected boolean not null default false;
alter table statistics.trial_case add column withdrawn boolean not null default false;
alter table statistics.trial_case add column automatic boolean not null default false;

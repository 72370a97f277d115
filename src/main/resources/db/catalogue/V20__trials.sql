-- 特区の試行: whom it is for besides a share: a group by the answers, an area by where the applicant lives
alter table catalogue.layer add column trial_group text not null default '';
alter table catalogue.layer add column areas text[] not null default '{}';
alter table catalogue.layer drop column area;
alter table catalogue.layer drop constraint layer_share_check;
alter table catalogue.layer add constraint layer_share_check check (share between 1 and 99 or share = 100 and (trial_group <> '' or areas <> '{}'));

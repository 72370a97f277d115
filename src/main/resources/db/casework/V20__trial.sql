-- 特区の試行: the trial that a case began under; it keeps it to its end
alter table casework.case_file add column trial int;

-- 督促: what a timer of the flow reminds the officers of, until somebody acts on the case
alter table casework.case_file add column reminder text not null default '';

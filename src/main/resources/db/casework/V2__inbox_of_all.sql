-- the list of all cases, ended ones included, in the order of deadlines
create index inbox_all on casework.case_file (authority, due_on, receipt);

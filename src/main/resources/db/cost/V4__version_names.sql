-- 版の名前: the day in force, and with two digits which version of that day: 2026-04-01, 2026-04-01.02; sorts as text
alter table cost.application
    alter column version type text collate "C" using to_char(version, 'YYYY-MM-DD'),
    add constraint version_name check (version ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([.](0[2-9]|[1-9][0-9]))?$');

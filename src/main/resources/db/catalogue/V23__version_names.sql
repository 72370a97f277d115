-- 版の名前: the day in force, and with two digits which version of that day: 2026-04-01, 2026-04-01.02; sorts as text
alter table catalogue.version
    alter column version type text collate "C" using to_char(version, 'YYYY-MM-DD'),
    add constraint version_name check (version ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([.](0[2-9]|[1-9][0-9]))?$'),
    alter column corrects type text collate "C" using to_char(corrects, 'YYYY-MM-DD'),
    add constraint corrects_name check (corrects ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([.](0[2-9]|[1-9][0-9]))?$');
alter table catalogue.act
    alter column version type text collate "C" using to_char(version, 'YYYY-MM-DD'),
    add constraint version_name check (version ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([.](0[2-9]|[1-9][0-9]))?$');
alter table catalogue.layer
    alter column version type text collate "C" using to_char(version, 'YYYY-MM-DD'),
    add constraint version_name check (version ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([.](0[2-9]|[1-9][0-9]))?$');
alter table catalogue.move
    alter column from_version type text collate "C" using to_char(from_version, 'YYYY-MM-DD'),
    add constraint from_version_name check (from_version ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([.](0[2-9]|[1-9][0-9]))?$'),
    alter column to_version type text collate "C" using to_char(to_version, 'YYYY-MM-DD'),
    add constraint to_version_name check (to_version ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([.](0[2-9]|[1-9][0-9]))?$');
alter table catalogue.fallback
    add constraint version_name check (version ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([.](0[2-9]|[1-9][0-9]))?$');

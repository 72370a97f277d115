-- Whom a corporation succeeded: few have a successor, so the index is small and is kept during a first filling as well.
create index corporation_successor on registry.corporation (successor, number) where successor is not null;

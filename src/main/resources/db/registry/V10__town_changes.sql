-- 町字と郵便番号の変更: what each edition of the address dictionary brought, item by item, in the feed of the other registries
create table registry.dictionary_told (
    id       int         generated always as identity primary key,
    release  int         not null, -- 0: what the operator's settings name
    version  text        not null,
    before   text        not null default '', -- version that the changes are from; empty where they could not be told one by one
    told_at  timestamptz not null
);
alter table registry.dictionary_told enable row level security;
create policy everybody on registry.dictionary_told for select using (true);
create policy keeper on registry.dictionary_told using ((select registry.keeps('addresses')));
revoke update, delete, truncate on registry.dictionary_told from kiban_app;

alter table registry.change alter column loading drop not null;
alter table registry.change add column told int references registry.dictionary_told;
alter table registry.change add constraint change_from_one check ((loading is null) <> (told is null));
alter table registry.change drop constraint change_what_check;
-- WHOLE: a whole edition whose items are not told one by one; whoever keeps a copy takes it anew
alter table registry.change add constraint change_what_check check (what in ('EDITION', 'WHOLE', 'ADDED', 'CHANGED', 'GONE'));

-- 一括照合の形式
alter table registry.address_run add column format text not null default 'csv' check (format in ('csv', 'ndjson'));

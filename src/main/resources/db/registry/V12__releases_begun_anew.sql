-- How often the build of a release was begun since somebody asked for it: one that was cut off is done again once by itself, then
-- it waits for somebody
alter table registry.dictionary_release add column tries int not null default 0;

-- What is wrong with the sources of a release, counted: a nationwide one has more than a hundred thousand lines
create table registry.dictionary_defect (
    release  int     not null references registry.dictionary_release,
    kind     text    not null,
    left_out boolean not null, -- else kept as it is
    rows     bigint  not null,
    primary key (release, kind, left_out)
);
alter table registry.dictionary_defect enable row level security;
create policy everybody on registry.dictionary_defect for select using (true);
create policy keeper on registry.dictionary_defect using ((select registry.keeps('addresses')));
revoke truncate on registry.dictionary_defect from kiban_app;

-- Where in its file a load went on after it was cut off; 0: it never was
alter table registry.loading add column resumed_at bigint not null default 0;

-- What the sources of a release held, by kind, so that a file that was forgotten is noticed: residences and lots have no id that the
-- difference of two dictionaries would miss
create table registry.dictionary_rows (
    release  int     not null references registry.dictionary_release,
    kind     text    not null,
    rows     bigint  not null,
    primary key (release, kind)
);
alter table registry.dictionary_rows enable row level security;
create policy everybody on registry.dictionary_rows for select using (true);
create policy keeper on registry.dictionary_rows using ((select registry.keeps('addresses')));
revoke truncate on registry.dictionary_rows from kiban_app;

-- 国の初期値に戻った項目: what a municipality had set and a new version does not take, undecided on its day; told once, append only
create table catalogue.fallback (
    authority text        not null,
    standard  text        not null,
    version   text        not null,
    keys      text[]      not null,
    at        timestamptz not null,
    primary key (authority, standard, version)
);
alter table catalogue.fallback enable row level security;
create policy tenant on catalogue.fallback using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on catalogue.fallback from kiban_app;

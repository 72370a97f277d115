-- 版の移行: what this authority has done with a declared move: proposed, performed, taken back; append only
create table casework.move_act (
    authority    text        not null,
    move         bigint      not null,
    number       int         not null,
    kind         text        not null check (kind in ('PROPOSED', 'CALLED_OFF', 'PERFORMED', 'TAKEN_BACK')),
    at           timestamptz not null,
    officer      text        not null,
    officer_name text        not null,
    note         text        not null default '',
    moved        int         not null default 0,
    stayed       int         not null default 0,
    primary key (authority, move, number)
);
alter table casework.move_act enable row level security;
create policy tenant on casework.move_act using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on casework.move_act from kiban_app;
create index case_version on casework.case_file (authority, standard, standard_version) where stage in ('RECEIVED', 'CHECKING', 'CORRECTION', 'PROPOSED');

-- どの出どころがどの業務か: remembered by each municipality when it brings a cloud's bill in
create table cost.focus_system (
    authority text not null,
    source    text not null,
    value     text not null,
    system    text not null,
    by        text not null,
    primary key (authority, source, value)
);
alter table cost.focus_system enable row level security;
create policy tenant on cost.focus_system using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

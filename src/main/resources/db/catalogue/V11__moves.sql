-- 版の移行: a ministry declares that running cases of one version may go over to a newer one, stage by stage
create table catalogue.move (
    id           bigint      generated always as identity unique,
    authority    text        not null, -- the ministry
    standard     text        not null,
    from_version date        not null,
    to_version   date        not null,
    stages       text[]      not null,
    reason       text        not null,
    at           timestamptz not null,
    officer      text        not null,
    officer_name text        not null,
    primary key (authority, id)
);
alter table catalogue.move enable row level security;
create policy tenant on catalogue.move using (authority = current_setting('kiban.authority', true) or current_setting('kiban.scope', true) = 'nation');
revoke update, delete, truncate on catalogue.move from kiban_app;

-- what was declared no longer holds; what was moved stays moved
create table catalogue.move_end (
    authority text        not null,
    move      bigint      not null,
    at        timestamptz not null,
    officer   text        not null,
    reason    text        not null,
    primary key (authority, move)
);
alter table catalogue.move_end enable row level security;
create policy tenant on catalogue.move_end using (authority = current_setting('kiban.authority', true) or current_setting('kiban.scope', true) = 'nation');
revoke update, delete, truncate on catalogue.move_end from kiban_app;

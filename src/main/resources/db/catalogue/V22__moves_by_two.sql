-- 移行の宣言の決裁: a second person of the ministry; before it a move is a proposal that nobody else sees
create table catalogue.move_approval (
    authority    text        not null,
    move         bigint      not null,
    at           timestamptz not null,
    officer      text        not null,
    officer_name text        not null,
    primary key (authority, move)
);
alter table catalogue.move_approval enable row level security;
create policy tenant on catalogue.move_approval using (authority = current_setting('kiban.authority', true) or current_setting('kiban.scope', true) = 'nation');
revoke update, delete, truncate on catalogue.move_approval from kiban_app;
-- what was declared before two people were needed stays declared
insert into catalogue.move_approval select authority, id, at, officer, officer_name from catalogue.move;

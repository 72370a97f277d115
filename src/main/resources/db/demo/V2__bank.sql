-- 見本の銀行: the files it was sent, each name once
create table demo.bank_file (
    authority text  not null,
    name      text  not null,
    run       int   not null,
    pay_day   date  not null,
    bytes     bytea not null,
    primary key (authority, name)
);
alter table demo.bank_file enable row level security;
create policy tenant on demo.bank_file using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

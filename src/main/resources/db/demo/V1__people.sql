-- 見本の設定: the day the people were made, and how many days the clock stands apart from the real one; nothing personal
create table demo.setting (
    key   text primary key,
    value text not null
);

-- 見本の住民: invented people, as the registers outside would keep them; people without a residence here too (除票, 住登外)
create table demo.person (
    authority      text    not null,
    person         text    not null,
    name           text    not null,
    kana           text    not null,
    birth_date     date    not null,
    sex            text    not null,
    postal_code    text    not null,
    address        text    not null,
    household      text    not null,
    resident       boolean not null,
    moved_in       date,
    abroad         boolean not null,
    in_facility    boolean not null,
    income         bigint,
    pension        text,
    public_servant boolean not null,
    account        jsonb,
    measure        jsonb,
    primary key (authority, person)
);
alter table demo.person enable row level security;
create policy tenant on demo.person using (authority = current_setting('kiban.authority', true)
    and current_setting('kiban.scope', true) = 'authority');

-- 見本の続柄
create table demo.kin (
    authority text not null,
    person    text not null,
    kin       text not null,
    relation  text not null,
    term      text not null,
    primary key (authority, person, kin)
);
alter table demo.kin enable row level security;
create policy tenant on demo.kin using (authority = current_setting('kiban.authority', true)
    and current_setting('kiban.scope', true) = 'authority');

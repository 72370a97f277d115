-- 利用記録: who looked at which item of whom, why, by which law, and whether there was an answer; never the value. A
-- shielded answer is written down as NONE like any other, for the person may read this
create table exchange.access (
    authority    text        not null,
    seq          bigint      generated always as identity,
    person       text        not null,
    at           timestamptz not null,
    item         text        not null,
    purpose      text        not null,
    law          text        not null,
    article      text        not null,
    receipt      text        not null default '',
    requested_by text        not null,
    result       text        not null check (result in ('PROVIDED', 'NONE', 'UNAVAILABLE')),
    primary key (authority, seq)
);
create index access_person on exchange.access (authority, person, seq desc);
alter table exchange.access enable row level security;
create policy tenant on exchange.access using (authority = current_setting('kiban.authority', true)
    and (current_setting('kiban.scope', true) = 'authority'
        or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, delete, truncate on exchange.access from kiban_app;

-- 連絡先の控え: what the person gave last
create table exchange.contact (
    authority text not null,
    person    text not null,
    phone     text not null,
    email     text not null,
    given_on  date not null,
    primary key (authority, person)
);
alter table exchange.contact enable row level security;
create policy tenant on exchange.contact using (authority = current_setting('kiban.authority', true)
    and (current_setting('kiban.scope', true) = 'authority'
        or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));

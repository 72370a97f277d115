-- 版: one row a version that a ministry uploaded (or a shipped one that it withdrew); folded from its acts
create table catalogue.version (
    authority     text        not null, -- the ministry
    standard      text        not null,
    version       date        not null, -- the name of the version; usually the day in force
    stage         text        not null,
    number        int         not null, -- of its newest act
    package       bytea       not null,
    sha256        text        not null, -- of the package
    digest        text        not null, -- of the files, over which the signature is
    notice_days   int         not null,
    pattern       text        not null,
    faults        jsonb       not null default '[]',
    in_force_on   date,
    urgent_reason text        not null default '',
    corrects      date,                 -- the faulty version whose place it takes on the same day
    proposed_by   text        not null default '',
    published_at  timestamptz,
    withdrawn_on  date,
    withdrawal_by text        not null default '', -- who proposed to withdraw it, and why
    withdrawal_reason text    not null default '',
    jws           text        not null default '',
    primary key (authority, standard, version),
    unique (standard, version)
);
alter table catalogue.version enable row level security;
-- what is published is for everybody; what is not, for the ministry alone
create policy tenant on catalogue.version using (authority = current_setting('kiban.authority', true)
    or (current_setting('kiban.scope', true) = 'nation' and published_at is not null));

-- a published version is never another: its files can be replaced only while they are a draft
create function catalogue.published_stays() returns trigger language plpgsql as $$
begin
    if old.published_at is not null and new.published_at is not null
        and (new.package, new.digest, new.sha256, new.in_force_on, new.urgent_reason, new.corrects)
            is distinct from (old.package, old.digest, old.sha256, old.in_force_on, old.urgent_reason, old.corrects) then
        raise exception 'a published version does not change';
    end if;
    return new;
end $$;
create trigger published_stays before update on catalogue.version for each row execute function catalogue.published_stays();

-- 経過: what was done to a version, append only
create table catalogue.act (
    authority    text        not null,
    standard     text        not null,
    version      date        not null,
    number       int         not null,
    event        text        not null,
    stage        text        not null,
    at           timestamptz not null,
    on_day       date        not null,
    officer      text        not null default '', -- empty: the day came
    officer_name text        not null default '',
    reason       text        not null default '',
    digest       text        not null default '',
    primary key (authority, standard, version, number)
);
alter table catalogue.act enable row level security;
create policy tenant on catalogue.act using (authority = current_setting('kiban.authority', true));
revoke update, delete, truncate on catalogue.act from kiban_app;

-- 採用: what a municipality decided about a standard that is offered (pattern B), append only; the newest counts
create table catalogue.adoption (
    authority    text        not null,
    standard     text        not null,
    number       int         not null,
    kind         text        not null check (kind in ('ADOPTED', 'DECLINED', 'ENDED')),
    from_day     date        not null,
    reason       text        not null,
    at           timestamptz not null,
    officer      text        not null,
    officer_name text        not null,
    primary key (authority, standard, number)
);
alter table catalogue.adoption enable row level security;
create policy tenant on catalogue.adoption using (authority = current_setting('kiban.authority', true) or current_setting('kiban.scope', true) = 'nation');
revoke update, delete, truncate on catalogue.adoption from kiban_app;

-- 標準の持ち主: an id belongs to the ministry that used it first; says nothing about drafts but the name
create table catalogue.owner (
    standard text primary key,
    ministry text not null
);
revoke update, delete, truncate on catalogue.owner from kiban_app;

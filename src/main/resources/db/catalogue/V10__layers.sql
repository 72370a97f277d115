-- 独自施策の層: what a municipality sets in a standard from a day on; its values never change, only its stage and its end do.
-- No personal data: what is in force anywhere can be compared everywhere.
create table catalogue.layer (
    authority    text        not null,
    standard     text        not null,
    number       int         not null,
    version      date        not null, -- the version of the standard that it was proposed against
    valid_from   date        not null,
    valid_until  date,                 -- last day of a trial, or of a layer that was ended
    values       jsonb       not null, -- by key; a key that is not there follows the standard
    ordinance    text        not null,
    why          text        not null,
    share        int         check (share between 1 and 99), -- 特区の試行: of 100 applications, how many
    area         text        not null default '',
    measure      text        not null default '',
    stage        text        not null check (stage in ('PROPOSED', 'APPROVED', 'SENT_BACK', 'WITHDRAWN')),
    primary key (authority, standard, number)
);
alter table catalogue.layer enable row level security;
create policy tenant on catalogue.layer using (authority = current_setting('kiban.authority', true) or (current_setting('kiban.scope', true) = 'nation' and stage = 'APPROVED'));
revoke delete, truncate on catalogue.layer from kiban_app;

-- 経過: who proposed, approved, sent back, withdrew or ended it
create table catalogue.layer_step (
    authority    text        not null,
    standard     text        not null,
    number       int         not null,
    step         int         not null,
    act          text        not null check (act in ('PROPOSED', 'APPROVED', 'SENT_BACK', 'WITHDRAWN', 'ENDED')),
    officer      text        not null,
    officer_name text        not null,
    at           timestamptz not null,
    note         text        not null default '',
    primary key (authority, standard, number, step)
);
alter table catalogue.layer_step enable row level security;
create policy tenant on catalogue.layer_step using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');
revoke update, delete, truncate on catalogue.layer_step from kiban_app;

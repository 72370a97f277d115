-- 下書き: one form being filled; one open draft of a standard a person (starting again resumes it)
create table submission.draft (
    authority        text        not null,
    id               uuid        not null,
    person           text        not null,
    standard         text        not null,
    standard_version date        not null,
    -- a correction round of this receipt; empty for a first application
    correcting       text        not null default '',
    answers          jsonb       not null,
    evidence         jsonb       not null,
    disputes         jsonb       not null default '[]',
    -- per page: the version it was last saved at, and by which opened form
    pages            jsonb       not null default '{}',
    version          int         not null default 1,
    opened_at        timestamptz not null,
    saved_at         timestamptz not null,
    -- when the registers were asked
    evidence_at      timestamptz not null,
    language         text        not null,
    -- set when it was received; the draft is finished then
    receipt          text,
    primary key (authority, id)
);
create index draft_age on submission.draft (saved_at);
create unique index one_open_draft on submission.draft (authority, person, standard, correcting) where receipt is null;
alter table submission.draft enable row level security;
-- no officer reads what has not been sent: only the person
create policy tenant on submission.draft using (authority = current_setting('kiban.authority', true)
    and current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true));

-- 期限: unfinished drafts that nobody touched for 30 days, and finished ones after 7, are forgotten. The only way to drafts
-- beside the person's own, and it shows nothing of them
create function submission.forget_drafts(now timestamptz) returns bigint
    language sql security definer set search_path = submission, pg_temp as $$
    with gone as (delete from submission.draft
        where saved_at < now - interval '30 days' or (receipt is not null and saved_at < now - interval '7 days')
        returning 1)
    select count(*) from gone
$$;

-- 申請等: what was received; append only, a correction is the next revision
create table submission.submission (
    authority        text        not null,
    receipt          text        not null,
    revision         int         not null,
    person           text        not null,
    standard         text        not null,
    standard_version date        not null,
    first_arrived_at timestamptz not null,
    arrived_at       timestamptz not null,
    language         text        not null,
    channel          text        not null,
    answers          jsonb       not null,
    evidence         jsonb       not null,
    disputes         jsonb       not null,
    seconds          bigint      not null,
    typed_fields     int         not null,
    prefilled_fields int         not null,
    -- 再送: the key a program sent with it, and the fingerprint of what it sent
    idempotency_key  text,
    request_digest   text,
    primary key (authority, receipt, revision)
);
create unique index sent_once on submission.submission (authority, person, idempotency_key)
    where idempotency_key is not null;
alter table submission.submission enable row level security;
create policy tenant on submission.submission using (authority = current_setting('kiban.authority', true)
    and (current_setting('kiban.scope', true) = 'authority'
        or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, delete, truncate on submission.submission from kiban_app;

-- 最新の申請: the newest application of a person for a standard, so that two cannot be started beside each other
create table submission.latest (
    authority text not null,
    person    text not null,
    standard  text not null,
    receipt   text not null,
    primary key (authority, person, standard)
);
alter table submission.latest enable row level security;
create policy tenant on submission.latest using (authority = current_setting('kiban.authority', true)
    and (current_setting('kiban.scope', true) = 'authority'
        or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));

-- 補正の求め: what the authority asked, round by round; append only (the answer is the revision that came after it)
create table submission.correction (
    authority text        not null,
    receipt   text        not null,
    round     int         not null,
    person    text        not null,
    asked_at  timestamptz not null,
    findings  jsonb       not null,
    until     date,
    -- the revision that was asked to be put right
    revision  int         not null,
    primary key (authority, receipt, round)
);
alter table submission.correction enable row level security;
create policy tenant on submission.correction using (authority = current_setting('kiban.authority', true)
    and (current_setting('kiban.scope', true) = 'authority'
        or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, delete, truncate on submission.correction from kiban_app;

-- 取下げ: append only, once
create table submission.withdrawal (
    authority    text        not null,
    receipt      text        not null,
    person       text        not null,
    withdrawn_at timestamptz not null,
    primary key (authority, receipt)
);
alter table submission.withdrawal enable row level security;
create policy tenant on submission.withdrawal using (authority = current_setting('kiban.authority', true)
    and (current_setting('kiban.scope', true) = 'authority'
        or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));
revoke update, delete, truncate on submission.withdrawal from kiban_app;

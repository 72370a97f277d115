-- 添付: photos and papers that an applicant gave, by their content: the same file is kept once a person. What has not been
-- sent is the person's alone; with the application that names it, it is the office's too
create table submission.file (
    authority text        not null,
    person    text        not null,
    -- fingerprint of the content
    sha256    text        not null,
    -- as the content says, not as the sender did
    type      text        not null,
    content   bytea       not null,
    given_at  timestamptz not null,
    sent      boolean     not null default false,
    primary key (authority, person, sha256)
);
alter table submission.file enable row level security;
create policy tenant on submission.file using (authority = current_setting('kiban.authority', true)
    and (current_setting('kiban.scope', true) = 'authority' and sent
        or (current_setting('kiban.scope', true) = 'resident' and person = current_setting('kiban.person', true))));

-- 期限: with the drafts that nobody touched, the files that were given for them are forgotten
create or replace function submission.forget_drafts(now timestamptz) returns bigint
    language sql security definer set search_path = submission, pg_temp as $$
    delete from file f where not f.sent and f.given_at < now - interval '1 day'
        and not exists (select from draft d where d.authority = f.authority and d.person = f.person
            and d.receipt is null and d.saved_at >= now - interval '30 days');
    with gone as (delete from submission.draft
        where saved_at < now - interval '30 days' or (receipt is not null and saved_at < now - interval '7 days')
        returning 1)
    select count(*) from gone
$$;

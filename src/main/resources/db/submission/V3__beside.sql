-- 添え書き: what stands beside the answers without being one of them: how a value was written before it was brought into
-- form, and the registered address that a written one was found to mean, with the version of the dictionary
alter table submission.draft add column beside jsonb not null default '{}';
alter table submission.submission add column beside jsonb not null default '{}';

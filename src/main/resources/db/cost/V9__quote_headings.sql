-- 見出しの対応: what a heading was last said to mean counts, and a kept quote may be read again
alter table cost.quote_heading add column at timestamptz not null default now();
grant update (at) on cost.quote_heading to kiban_app;
grant update (mapping) on cost.quote to kiban_app;

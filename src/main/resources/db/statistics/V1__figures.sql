-- 日別集計: counts and yen by authority, standard, version and day (Asia/Tokyo); no personal data
create table statistics.day (
    authority    text   not null,
    standard     text   not null,
    version      date   not null,
    day          date   not null,
    claims       bigint not null default 0,
    zero_typed   bigint not null default 0,
    corrected    bigint not null default 0,
    withdrawn    bigint not null default 0,
    grants       bigint not null default 0,
    refusals     bigint not null default 0,
    redirects    bigint not null default 0,
    overruled    bigint not null default 0,
    monthly_yen  bigint not null default 0,
    ordered_yen  bigint not null default 0,
    sent_yen     bigint not null default 0,
    returned_yen bigint not null default 0,
    paid_yen     bigint not null default 0,
    payees       bigint not null default 0,
    primary key (authority, standard, version, day)
);
create index day_day on statistics.day (standard, day);
alter table statistics.day enable row level security;
create policy figures on statistics.day
    using (authority = current_setting('kiban.authority', true) or current_setting('kiban.scope', true) = 'nation');

-- 度数分布: how often each bucket of days or seconds occurred, by month, so that a median can be had for any union
create table statistics.histogram (
    authority text     not null,
    standard  text     not null,
    version   date     not null,
    month     date     not null,
    measure   text     not null,
    bucket    smallint not null,
    count     bigint   not null,
    primary key (authority, standard, version, month, measure, bucket)
);
create index histogram_month on statistics.histogram (standard, month);
alter table statistics.histogram enable row level security;
create policy figures on statistics.histogram
    using (authority = current_setting('kiban.authority', true) or current_setting('kiban.scope', true) = 'nation');

-- 支払を受けた申請: who was paid in a fiscal year (年度) counts once, however many pay days there were
create table statistics.payee (
    authority   text     not null,
    standard    text     not null,
    fiscal_year smallint not null,
    receipt     text     not null,
    primary key (authority, standard, fiscal_year, receipt)
);
alter table statistics.payee enable row level security;
create policy tenant on statistics.payee
    using (authority = current_setting('kiban.authority', true) and current_setting('kiban.scope', true) = 'authority');

-- 鮮度: the newest event counted, and when it was
create table statistics.freshness (
    authority  text        primary key,
    event_at   timestamptz not null,
    counted_at timestamptz not null
);
alter table statistics.freshness enable row level security;
create policy figures on statistics.freshness
    using (authority = current_setting('kiban.authority', true) or current_setting('kiban.scope', true) = 'nation');

-- 人手を掛けない決定: whether simple cases of this session are decided by the standard's own rule when they arrive
alter table conformity.session add column automatic boolean not null default false;

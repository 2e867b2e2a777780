-- When a provider took it: a visit sooner after than a person can be is a machine's. Null: before this was kept, or
-- nobody took it.
alter table deliveries add column handed_at timestamptz(3);

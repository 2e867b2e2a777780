-- What a version does where it cannot be filled in for somebody: {"on_missing", "fallbacks", "on_fetch_failure"}.
alter table message_versions add column personalisation jsonb not null default '{}';

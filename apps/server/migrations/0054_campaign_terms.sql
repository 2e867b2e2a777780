-- What a campaign says of how its messages leave: hours, life, priority, addresses. What it does not say is as the
-- message says.
alter table campaigns add column terms jsonb not null default '{}';

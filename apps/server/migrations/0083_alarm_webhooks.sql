-- A webhook that belongs to an alarm is told of that alarm alone, and goes with it.
alter table webhooks
  add column alarm_id bigint constraint webhooks_alarm_id_fkey references alarms on delete cascade;
create unique index webhooks_of_alarm on webhooks (alarm_id) where alarm_id is not null;

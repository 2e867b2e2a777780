-- Events that were refused because Perennial itself records facts of that name.
alter table event_type_errors drop constraint event_type_errors_reason;
alter table event_type_errors add constraint event_type_errors_reason
  check (reason in ('event', 'missing', 'wrong_type', 'inactive', 'reserved'));

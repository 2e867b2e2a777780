-- What somebody agreed to, and that they became a contact or were merged, were counted with their
-- fields; forms that the REST API names, with events. What was counted so is not known any more.
alter table contacts
  add column subscription_count bigint,
  add column profile_count bigint;
update contacts
   set event_count = null, order_count = null, form_count = null, segment_count = null, field_count = null;
alter table contacts
  alter column subscription_count set default 0,
  alter column profile_count set default 0;

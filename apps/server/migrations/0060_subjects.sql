-- How many subjects an e-mail has in each language, where there are several: {"en": 3}. Null: one in each.
alter table message_versions add column subjects jsonb;

-- Which of several subjects went out, from 0; chosen when the delivery is made, so that every try has the same. Null:
-- there was one.
alter table deliveries add column subject smallint;

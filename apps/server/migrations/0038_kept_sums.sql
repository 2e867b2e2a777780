-- Of contacts with very many events: what a condition needs of them, in parts of time. It is built from
-- events when the condition is asked of such a contact, and can be dropped at any time.
create table kept_sums (
  contact_id bigint not null,
  event_type_id bigint not null,
  -- SHA-256 of the question: what the condition asks, without its period and threshold.
  question_hash bytea not null,
  question jsonb not null,
  -- How much time one part holds, counted from 1970.
  part_ms bigint not null check (part_ms > 0),
  -- When a condition used it last, to the day: what nobody asks for is dropped.
  asked_at timestamptz(3) not null,
  constraint kept_sums_pkey primary key (contact_id, event_type_id, question_hash)
);
create index kept_sums_of_type on kept_sums (event_type_id);

-- The events of one part that pass the question's filter: how many, and of the numbers in its
-- parameter the count, sum, least and greatest.
create table kept_sum_parts (
  contact_id bigint not null,
  event_type_id bigint not null,
  question_hash bytea not null,
  part bigint not null,
  first_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  n bigint not null check (n > 0),
  numbers bigint not null check (numbers >= 0),
  sum numeric not null,
  least numeric,
  greatest numeric,
  constraint kept_sum_parts_pkey primary key (contact_id, event_type_id, question_hash, part)
) with (fillfactor = 80);
create index kept_sum_parts_of_type on kept_sum_parts (event_type_id);

-- Event types of which the first and last times of each contact are kept, since a question over all
-- history asked for them. What is kept is built from events and can be dropped at any time.
create table kept_types (
  event_type_id bigint not null,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  created_at timestamptz(3) not null,
  -- When a question used it last, to the day: what nobody asks for is dropped.
  asked_at timestamptz(3) not null,
  -- All that contacts ever did is in it; until then nobody reads it.
  built_at timestamptz(3),
  constraint kept_types_pkey primary key (event_type_id)
);
create index kept_types_of_workspace on kept_types (workspace_id);

-- One row for all events of a type that a contact ever did. Of none, the first is at infinity and the
-- last at -infinity. No index holds a time: nearly every event changes one, and such a row is updated
-- in place.
create table kept_times (
  contact_id bigint not null,
  event_type_id bigint not null,
  first_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  n bigint not null check (n >= 0),
  constraint kept_times_pkey primary key (contact_id, event_type_id)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
create index kept_times_of_type on kept_times (event_type_id);

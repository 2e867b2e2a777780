-- Fields whose values are indexed, so that few of a million contacts are found by them at once.
create table field_indexes (
  workspace_id bigint not null references workspaces (id) on delete cascade,
  field text not null,
  -- Made because a filter took long, not by a person.
  automatic boolean not null,
  created_at timestamptz(3) not null,
  -- All values that contacts have are in it.
  done_at timestamptz(3),
  -- A person did not want it; it is not made again by itself.
  dropped_at timestamptz(3),
  constraint field_indexes_pkey primary key (workspace_id, field)
);

-- The index: values in lower case, each element of a list by itself, empty where they are too long.
-- What a card no longer says may still stand here for a while; nothing that it says is missing.
create table field_values (
  contact_id bigint not null,
  field text not null,
  value text collate "C" not null,
  workspace_id bigint not null,
  number numeric,
  -- With the number: what is there is then read from this index alone.
  constraint field_values_pkey primary key (contact_id, field, value) include (number)
);
create index field_values_texts on field_values (workspace_id, field, value, contact_id);
create index field_values_numbers on field_values (workspace_id, field, number, contact_id) where number is not null;

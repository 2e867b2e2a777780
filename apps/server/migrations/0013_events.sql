-- The event that ended it, so that an event can tell what it stopped.
alter table runs add column stopped_by bigint;

-- Names of parameters by which events find their contact, beyond the well-known ones. A field is named
-- as in the segment language, or is an identifier: external_id, email, phone, push_token.
create table event_mappings (
  id bigint generated always as identity constraint event_mappings_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  parameter text not null,
  field text not null,
  created_at timestamptz(3) not null
);
create unique index event_mappings_parameter on event_mappings (workspace_id, lower(parameter));

-- Fields whose values are identifiers of kind field.KEY: kept in step ever since a mapping first named
-- them, also while none does. What contacts had before is indexed by going through them once.
create table indexed_fields (
  workspace_id bigint not null references workspaces (id) on delete cascade,
  field text not null,
  created_at timestamptz(3) not null,
  -- Contacts up to this ID are indexed.
  reached bigint not null default 0,
  done_at timestamptz(3),
  constraint indexed_fields_pkey primary key (workspace_id, field)
);

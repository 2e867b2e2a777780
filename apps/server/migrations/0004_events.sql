create table event_types (
  id bigint generated always as identity constraint event_types_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  key text not null,
  name text not null,
  category text not null default 'other',
  description text not null default '',
  settings jsonb not null default '{}',
  created_at timestamptz(3) not null,
  constraint event_types_key unique (workspace_id, key)
);

-- A sample of the parameters seen: paths, their JSON types and a few examples.
create table event_type_params (
  event_type_id bigint not null references event_types (id) on delete cascade,
  path text not null,
  types text[] not null,
  examples jsonb not null default '[]',
  first_seen_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  constraint event_type_params_pkey primary key (event_type_id, path)
);

create sequence event_ids as bigint cache 1;

-- Two access paths and no third: by contact (the key) and by type.
create table events (
  contact_id bigint not null,
  id bigint not null,
  event_type_id bigint not null,
  occurred_at timestamptz(3) not null,
  received_at timestamptz(3) not null,
  workspace_id bigint not null,
  -- Only when it is not contact_id (written before a merge).
  source_contact_id bigint,
  source text not null,
  key text,
  message_id text,
  params jsonb,
  context jsonb,
  -- 1 past, 2 clock ahead, 4 no contact
  flags smallint not null default 0,
  constraint events_pkey primary key (contact_id, event_type_id, occurred_at, id)
) partition by range (occurred_at);
create index events_by_type on events (event_type_id, occurred_at) include (contact_id);

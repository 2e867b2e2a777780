create table contacts (
  id bigint not null constraint contacts_pkey primary key,
  workspace_id bigint not null,
  external_id text,
  email text,
  phone text,
  -- Values by field key as the segment language names them: "first_name", "custom.goal".
  fields jsonb not null default '{}',
  -- Who set what when: field key -> [epoch ms, source, 1 if weak].
  set_at jsonb not null default '{}',
  -- Lower-cased, for search by beginnings.
  name_key text,
  surname_key text,
  source text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  last_seen_at timestamptz(3),
  deleted_at timestamptz(3),
  merged_into bigint
) with (fillfactor = 75);
-- All contacts shows identified ones unless asked. No index on what every batch changes (updated_at, last_seen_at).
create index contacts_identified on contacts (workspace_id, id)
  where deleted_at is null and (external_id is not null or email is not null or phone is not null);
create index contacts_of_workspace on contacts (workspace_id, id) where deleted_at is null;
create index contacts_email on contacts (workspace_id, email text_pattern_ops) where email is not null;
create index contacts_phone on contacts (workspace_id, phone text_pattern_ops) where phone is not null;
create index contacts_external_id on contacts (workspace_id, external_id text_pattern_ops) where external_id is not null;
create index contacts_name on contacts (workspace_id, name_key text_pattern_ops) where name_key is not null;
create index contacts_surname on contacts (workspace_id, surname_key text_pattern_ops) where surname_key is not null;

create table devices (
  contact_id bigint not null,
  device_id text not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  app text,
  platform text,
  os_type text,
  os_version text,
  category text,
  model text,
  app_version text,
  push_token text,
  push_enabled boolean,
  locale text,
  time_zone text,
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  constraint devices_pkey primary key (contact_id, device_id)
) with (fillfactor = 75);

-- Where a contact can be written to, and what it agreed to there. A suppression of the address overrides.
create table addresses (
  contact_id bigint not null,
  channel text not null,
  address text not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  app text,
  state text not null constraint addresses_state check (state in ('subscribed', 'unconfirmed')),
  state_at timestamptz(3) not null,
  reason text,
  source text not null,
  consent_text text,
  constraint addresses_pkey primary key (contact_id, channel, address)
) with (fillfactor = 75);

-- Definitions of fields; the key as in the segment language without "custom.".
create table fields (
  id bigint generated always as identity constraint fields_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  key text not null,
  label text not null,
  type text not null constraint fields_type check (type in
    ('text', 'long_text', 'integer', 'decimal', 'boolean', 'date', 'date_time', 'choice', 'multiple_choice')),
  group_name text,
  position integer not null default 0,
  choices jsonb,
  source text not null,
  created_at timestamptz(3) not null,
  archived_at timestamptz(3),
  constraint fields_key unique (workspace_id, key)
);

-- Values that could not be stored as their field's type (or field), kept with the reason.
create table field_conflicts (
  contact_id bigint not null,
  id bigint generated always as identity,
  workspace_id bigint not null,
  source_contact_id bigint,
  field text not null,
  value jsonb not null,
  reason text not null,
  source text not null,
  at timestamptz(3) not null,
  constraint field_conflicts_pkey primary key (contact_id, id)
);
create index field_conflicts_of_field on field_conflicts (workspace_id, field);

-- Addresses that must not be written to, whoever has them. Several reasons may hold at once.
create table suppressions (
  workspace_id bigint not null,
  channel text not null,
  address text not null,
  reason text not null constraint suppressions_reason check (reason in
    ('unsubscribed', 'complained', 'bounced', 'blocked', 'blacklisted')),
  since timestamptz(3) not null,
  until timestamptz(3),
  details text,
  source text not null,
  contact_id bigint,
  delivery_id bigint,
  constraint suppressions_pkey primary key (workspace_id, channel, address, reason)
);
create index suppressions_newest on suppressions (workspace_id, since);

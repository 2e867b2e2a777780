-- Written by "npm run check -- --update-schema" from all migrations. Do not edit.

create sequence contact_ids as bigint start 1 increment 1 cache 1;

create sequence delivery_ids as bigint start 1 increment 1 cache 1;

create sequence event_ids as bigint start 1 increment 1 cache 1;

create sequence merge_ids as bigint start 1 increment 1 cache 1;

create sequence promo_grant_ids as bigint start 1 increment 1 cache 1;

create sequence run_ids as bigint start 1 increment 1 cache 1;

create sequence send_ids as bigint start 1 increment 1 cache 1;

create sequence send_request_ids as bigint start 1 increment 1 cache 1;

create sequence webhook_outbox_ids as bigint start 1 increment 1 cache 1;

create sequence workflow_call_ids as bigint start 1 increment 1 cache 1;

create table addresses (
  contact_id bigint not null,
  channel text not null,
  address text not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  app text,
  state text not null,
  state_at timestamp(3) with time zone not null,
  reason text,
  source text not null,
  consent_text text,
  constraint addresses_pkey PRIMARY KEY (contact_id, channel, address),
  constraint addresses_state CHECK ((state = ANY (ARRAY['subscribed'::text, 'unconfirmed'::text])))
) with (fillfactor=75);

create table alarm_episodes (
  id bigint generated always as identity not null,
  alarm_id bigint not null,
  from_at timestamp(3) with time zone not null,
  raised_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  value bigint not null,
  bound double precision not null,
  expected double precision,
  constraint alarm_episodes_pkey PRIMARY KEY (id),
  constraint alarm_episodes_alarm_id_fkey FOREIGN KEY (alarm_id) REFERENCES alarms(id) ON DELETE CASCADE
);

create table alarm_gaps (
  from_at timestamp(3) with time zone not null,
  to_at timestamp(3) with time zone not null,
  constraint alarm_gaps_pkey PRIMARY KEY (from_at)
);

create table alarm_watch (
  single boolean not null default true,
  looked_at timestamp(3) with time zone not null,
  constraint alarm_watch_pkey PRIMARY KEY (single),
  constraint alarm_watch_single CHECK (single)
);

create table alarms (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  name text not null,
  level text not null,
  rule jsonb not null,
  contact_id bigint,
  enabled boolean not null default true,
  known_since timestamp(3) with time zone not null,
  judged_until timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  constraint alarms_pkey PRIMARY KEY (id),
  constraint alarms_level CHECK ((level = ANY (ARRAY['warning'::text, 'alarm'::text]))),
  constraint alarms_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table app_identity_counts (
  app_id bigint not null,
  day date not null,
  verified bigint not null default 0,
  unverified bigint not null default 0,
  invalid bigint not null default 0,
  constraint app_identity_counts_pkey PRIMARY KEY (app_id, day),
  constraint app_identity_counts_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(id) ON DELETE CASCADE
);

create table app_signing_keys (
  id bigint generated always as identity not null,
  app_id bigint not null,
  kid text not null,
  name text not null default ''::text,
  algorithm text not null,
  public_key jsonb not null,
  created_at timestamp(3) with time zone not null,
  constraint app_signing_keys_pkey PRIMARY KEY (id),
  constraint app_signing_keys_algorithm CHECK ((algorithm = ANY (ARRAY['ES256'::text, 'EdDSA'::text, 'RS256'::text]))),
  constraint app_signing_keys_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(id) ON DELETE CASCADE,
  constraint app_signing_keys_kid UNIQUE (app_id, kid)
);

create table apps (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  uuid uuid not null,
  key text not null,
  name text not null,
  platform text not null,
  require_verified boolean not null default false,
  created_at timestamp(3) with time zone not null,
  archived_at timestamp(3) with time zone,
  constraint apps_pkey PRIMARY KEY (id),
  constraint apps_key UNIQUE (workspace_id, key),
  constraint apps_platform CHECK ((platform = ANY (ARRAY['ios'::text, 'android'::text, 'web'::text, 'server'::text, 'other'::text]))),
  constraint apps_uuid UNIQUE (uuid),
  constraint apps_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table audit (
  id bigint generated always as identity not null,
  workspace_id bigint,
  at timestamp(3) with time zone not null,
  actor_kind text not null,
  actor_id bigint,
  actor_name text not null,
  action text not null,
  object_kind text not null,
  object_id text,
  before jsonb,
  after jsonb,
  request_id text,
  ip text,
  constraint audit_pkey PRIMARY KEY (id),
  constraint audit_actor_kind CHECK ((actor_kind = ANY (ARRAY['user'::text, 'key'::text, 'system'::text, 'cli'::text])))
);

create table campaign_counts (
  campaign_id bigint not null,
  slot integer not null,
  decided bigint not null,
  constraint campaign_counts_pkey PRIMARY KEY (campaign_id, slot),
  constraint campaign_counts_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
) with (fillfactor=50);

create table campaign_flows (
  campaign_id bigint not null,
  workspace_id bigint not null,
  flow text not null,
  constraint campaign_flows_pkey PRIMARY KEY (campaign_id),
  constraint campaign_flows_flow CHECK ((flow = ANY (ARRAY['open'::text, 'paused'::text, 'cancelled'::text]))),
  constraint campaign_flows_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table campaign_reports (
  campaign_id bigint not null,
  machines boolean not null,
  report jsonb,
  counted_at timestamp(3) with time zone,
  took_ms integer not null default 0,
  looked_at timestamp(3) with time zone,
  counting_at timestamp(3) with time zone,
  wanted_at timestamp(3) with time zone,
  constraint campaign_reports_pkey PRIMARY KEY (campaign_id, machines),
  constraint campaign_reports_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
);

create table campaign_slices (
  campaign_id bigint not null,
  n integer not null,
  due_at timestamp(3) with time zone,
  hold_out boolean not null default false,
  size integer not null,
  contact_ids bigint[],
  handed_at timestamp(3) with time zone,
  rest boolean not null default false,
  constraint campaign_slices_pkey PRIMARY KEY (campaign_id, n),
  constraint campaign_slices_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
);

create table campaigns (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  key text not null,
  name text not null,
  state text not null,
  message_id bigint,
  message_version integer,
  include bigint[] not null default '{}'::bigint[],
  exclude bigint[] not null default '{}'::bigint[],
  follows jsonb,
  schedule jsonb not null,
  pace jsonb,
  hold_out integer not null default 0,
  series_id bigint,
  starts_at timestamp(3) with time zone,
  started_at timestamp(3) with time zone,
  read_at timestamp(3) with time zone,
  pace_from timestamp(3) with time zone,
  pace_handed bigint not null default 0,
  sweep integer,
  reason text,
  ended_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  split jsonb,
  other_versions integer[],
  tested_at timestamp(3) with time zone,
  winner integer,
  winner_result jsonb,
  terms jsonb not null default '{}'::jsonb,
  origin_workflow bigint,
  origin_block text,
  origin_run bigint,
  context jsonb,
  constraint campaigns_pkey PRIMARY KEY (id),
  constraint campaigns_hold_out CHECK (((hold_out >= 0) AND (hold_out <= 50))),
  constraint campaigns_key UNIQUE (workspace_id, key),
  constraint campaigns_origin CHECK (((origin_workflow IS NULL) = (origin_block IS NULL))),
  constraint campaigns_series_id_fkey FOREIGN KEY (series_id) REFERENCES campaigns(id) ON DELETE CASCADE,
  constraint campaigns_state CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'running'::text, 'paused'::text, 'finished'::text, 'cancelled'::text]))),
  constraint campaigns_winner CHECK (((winner IS NULL) = (winner_result IS NULL))),
  constraint campaigns_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table categories (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  key text not null,
  name text not null,
  description text not null default ''::text,
  default_subscribed boolean not null,
  "position" integer not null default 0,
  created_at timestamp(3) with time zone not null,
  archived_at timestamp(3) with time zone,
  translations jsonb not null default '{}'::jsonb,
  constraint categories_pkey PRIMARY KEY (id),
  constraint categories_key UNIQUE (workspace_id, key),
  constraint categories_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table category_choices (
  contact_id bigint not null,
  category_id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  subscribed boolean not null,
  decided_at timestamp(3) with time zone not null,
  source text not null,
  consent_text text,
  constraint category_choices_pkey PRIMARY KEY (contact_id, category_id)
) with (fillfactor=75);

create table choice_blocks (
  workflow_id bigint not null,
  block text not null,
  epoch integer not null default 1,
  epochs integer[] not null default '{1}'::integer[],
  epochs_before integer[],
  reset_at timestamp(3) with time zone,
  reset_by text,
  paused bigint[] not null default '{}'::bigint[],
  constraint choice_blocks_pkey PRIMARY KEY (workflow_id, block),
  constraint choice_blocks_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflows(id) ON DELETE CASCADE
);

create table choice_counts (
  workflow_id bigint not null,
  block text not null,
  epoch integer not null,
  message_id bigint not null,
  slot integer not null,
  chosen bigint not null default 0,
  settled bigint not null default 0,
  succeeded bigint not null default 0,
  succeeded_machines bigint not null default 0,
  void bigint not null default 0,
  lift double precision not null default 0,
  lift_squares double precision not null default 0,
  constraint choice_counts_pkey PRIMARY KEY (workflow_id, block, epoch, message_id, slot),
  constraint choice_counts_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflows(id) ON DELETE CASCADE
) with (fillfactor=50);

create table choice_days (
  workflow_id bigint not null,
  block text not null,
  day date not null,
  message_id bigint not null,
  slot integer not null,
  chosen bigint not null,
  constraint choice_days_pkey PRIMARY KEY (workflow_id, block, day, message_id, slot),
  constraint choice_days_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflows(id) ON DELETE CASCADE
) with (fillfactor=50);

create table choices (
  contact_id bigint not null,
  send_id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  slot integer not null,
  workflow_id bigint not null,
  version integer not null,
  run_id bigint not null,
  block text not null,
  epoch integer not null,
  message_id bigint not null,
  probability double precision not null,
  available integer not null,
  chosen_at timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone,
  outcome text,
  settled_at timestamp(3) with time zone,
  constraint choices_pkey PRIMARY KEY (contact_id, send_id),
  constraint choices_outcome CHECK ((outcome = ANY (ARRAY['succeeded'::text, 'failed'::text, 'machine'::text, 'void'::text]))),
  constraint choices_settled CHECK (((due_at IS NULL) = (outcome IS NOT NULL)))
) with (fillfactor=80);

create table contact_views (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  user_id bigint,
  name text not null,
  shared boolean not null,
  arrangement jsonb not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  constraint contact_views_pkey PRIMARY KEY (id),
  constraint contact_views_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint contact_views_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table contacts (
  id bigint not null,
  workspace_id bigint not null,
  external_id text,
  email text,
  phone text,
  fields jsonb not null default '{}'::jsonb,
  set_at jsonb not null default '{}'::jsonb,
  name_key text,
  surname_key text,
  source text not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  last_seen_at timestamp(3) with time zone,
  deleted_at timestamp(3) with time zone,
  merged_into bigint,
  event_count bigint default 0,
  order_count bigint default 0,
  form_count bigint default 0,
  field_count bigint default 0,
  subscription_count bigint default 0,
  profile_count bigint default 0,
  constraint contacts_pkey PRIMARY KEY (id)
) with (fillfactor=75);

create table content_block_links (
  block_id bigint not null,
  child_id bigint not null,
  constraint content_block_links_pkey PRIMARY KEY (block_id, child_id),
  constraint content_block_links_block_id_fkey FOREIGN KEY (block_id) REFERENCES content_blocks(id) ON DELETE CASCADE,
  constraint content_block_links_child_id_fkey FOREIGN KEY (child_id) REFERENCES content_blocks(id)
);

create table content_block_versions (
  block_id bigint not null,
  version integer not null,
  content jsonb not null,
  created_at timestamp(3) with time zone not null,
  created_by text,
  constraint content_block_versions_pkey PRIMARY KEY (block_id, version),
  constraint content_block_versions_block_id_fkey FOREIGN KEY (block_id) REFERENCES content_blocks(id) ON DELETE CASCADE
);

create table content_blocks (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  key text not null,
  name text not null,
  default_language text not null,
  version integer not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  constraint content_blocks_pkey PRIMARY KEY (id),
  constraint content_blocks_key UNIQUE (workspace_id, key),
  constraint content_blocks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table date_plans (
  workflow_id bigint not null,
  workspace_id bigint not null,
  version integer not null,
  activated_at timestamp(3) with time zone not null,
  after_contact bigint not null default 0,
  finished boolean not null default false,
  constraint date_plans_pkey PRIMARY KEY (workflow_id)
);

create table date_starts (
  contact_id bigint not null,
  workflow_id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  slot integer not null,
  due_at timestamp(3) with time zone not null,
  constraint date_starts_pkey PRIMARY KEY (contact_id, workflow_id)
) with (fillfactor=80);

create table dead_events (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  stage text not null,
  lane smallint not null,
  contact_id bigint,
  kind text not null,
  item text not null,
  reason text not null,
  detail text,
  received_at timestamp(3) with time zone not null,
  failed_at timestamp(3) with time zone not null,
  constraint dead_events_pkey PRIMARY KEY (id),
  constraint dead_events_stage CHECK ((stage = ANY (ARRAY['resolve'::text, 'apply'::text])))
);

create table deliveries (
  contact_id bigint not null,
  id bigint not null,
  send_id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  slot integer not null,
  channel text not null,
  address text not null,
  app text,
  lane smallint not null,
  state text not null,
  status text not null,
  status_at timestamp(3) with time zone not null,
  reason text,
  due_at timestamp(3) with time zone,
  attempts integer not null default 0,
  claimed_by bigint,
  claimed_at timestamp(3) with time zone,
  provider_id bigint,
  provider_ref text,
  provider_answer text,
  expires_at timestamp(3) with time zone,
  uncertain_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  bounce text,
  handed_at timestamp(3) with time zone,
  subject smallint,
  constraint deliveries_pkey PRIMARY KEY (contact_id, id),
  constraint deliveries_bounce CHECK ((bounce = ANY (ARRAY['dead'::text, 'blocked'::text, 'counted'::text, 'ignored'::text]))),
  constraint deliveries_lane CHECK ((lane = ANY (ARRAY[0, 1]))),
  constraint deliveries_state CHECK ((state = ANY (ARRAY['planned'::text, 'handed_over'::text, 'accepted'::text, 'failed'::text, 'uncertain'::text, 'cancelled'::text, 'expired'::text]))),
  constraint deliveries_status CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'delivered'::text, 'opened'::text, 'clicked'::text, 'undelivered'::text, 'unsubscribed'::text, 'complained'::text, 'expired'::text, 'cancelled'::text, 'uncertain'::text])))
) with (fillfactor=70);

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
  created_at timestamp(3) with time zone not null,
  last_seen_at timestamp(3) with time zone not null,
  constraint devices_pkey PRIMARY KEY (contact_id, device_id)
) with (fillfactor=75);

create table earlier_values (
  contact_id bigint not null,
  job_id bigint not null,
  subject text not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  before jsonb,
  after jsonb not null,
  constraint earlier_values_pkey PRIMARY KEY (contact_id, job_id, subject)
);

create table erasures (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  contact_ids bigint[] not null,
  requested_by text not null,
  requested_at timestamp(3) with time zone not null,
  erased_at timestamp(3) with time zone,
  removed jsonb not null default '{}'::jsonb,
  constraint erasures_pkey PRIMARY KEY (id),
  constraint erasures_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table event_counts (
  event_type_id bigint not null,
  day date not null,
  slot integer not null,
  quarters integer[] not null,
  constraint event_counts_pkey PRIMARY KEY (event_type_id, day, slot),
  constraint event_counts_quarters CHECK ((array_length(quarters, 1) = 96))
);

create table event_mappings (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  parameter text not null,
  field text not null,
  created_at timestamp(3) with time zone not null,
  constraint event_mappings_pkey PRIMARY KEY (id),
  constraint event_mappings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table event_type_errors (
  event_type_id bigint not null,
  day date not null,
  door text not null,
  app text not null,
  reason text not null,
  path text not null,
  expected text not null,
  got text not null,
  n bigint not null,
  last_at timestamp(3) with time zone not null,
  constraint event_type_errors_pkey PRIMARY KEY (event_type_id, day, door, app, reason, path, expected, got),
  constraint event_type_errors_door CHECK ((door = ANY (ARRAY['tracking'::text, 'rest'::text, 'management'::text, 'stored'::text]))),
  constraint event_type_errors_event_type_id_fkey FOREIGN KEY (event_type_id) REFERENCES event_types(id) ON DELETE CASCADE,
  constraint event_type_errors_reason CHECK ((reason = ANY (ARRAY['event'::text, 'missing'::text, 'wrong_type'::text, 'inactive'::text, 'reserved'::text])))
) with (fillfactor=70);

create table event_type_params (
  event_type_id bigint not null,
  path text not null,
  types text[] not null,
  examples jsonb not null default '[]'::jsonb,
  first_seen_at timestamp(3) with time zone not null,
  last_seen_at timestamp(3) with time zone not null,
  constraint event_type_params_pkey PRIMARY KEY (event_type_id, path),
  constraint event_type_params_event_type_id_fkey FOREIGN KEY (event_type_id) REFERENCES event_types(id) ON DELETE CASCADE
);

create table event_types (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  key text not null,
  name text not null,
  category text not null default 'other'::text,
  description text not null default ''::text,
  settings jsonb not null default '{}'::jsonb,
  created_at timestamp(3) with time zone not null,
  constraint event_types_pkey PRIMARY KEY (id),
  constraint event_types_key UNIQUE (workspace_id, key),
  constraint event_types_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table events (
  contact_id bigint not null,
  id bigint not null,
  event_type_id bigint not null,
  occurred_at timestamp(3) with time zone not null,
  received_at timestamp(3) with time zone not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  source text not null,
  key text,
  message_id text,
  params jsonb,
  context jsonb,
  flags smallint not null default 0,
  constraint events_pkey PRIMARY KEY (contact_id, event_type_id, occurred_at, id)
) partition by RANGE (occurred_at);

create table fetch_secrets (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  name text not null,
  origin text not null,
  header text not null,
  sealed text not null,
  created_at timestamp(3) with time zone not null,
  changed_at timestamp(3) with time zone not null,
  constraint fetch_secrets_pkey PRIMARY KEY (id),
  constraint fetch_secrets_name UNIQUE (workspace_id, name),
  constraint fetch_secrets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table field_conflicts (
  contact_id bigint not null,
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  field text not null,
  value jsonb not null,
  reason text not null,
  source text not null,
  at timestamp(3) with time zone not null,
  constraint field_conflicts_pkey PRIMARY KEY (contact_id, id)
);

create table field_groups (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  name text not null,
  "position" integer not null default 0,
  constraint field_groups_pkey PRIMARY KEY (id),
  constraint field_groups_name UNIQUE (workspace_id, name),
  constraint field_groups_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table field_indexes (
  workspace_id bigint not null,
  field text not null,
  automatic boolean not null,
  created_at timestamp(3) with time zone not null,
  done_at timestamp(3) with time zone,
  dropped_at timestamp(3) with time zone,
  constraint field_indexes_pkey PRIMARY KEY (workspace_id, field),
  constraint field_indexes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table field_values (
  contact_id bigint not null,
  field text not null,
  value text not null,
  workspace_id bigint not null,
  number numeric,
  constraint field_values_pkey PRIMARY KEY (contact_id, field, value) INCLUDE (number)
);

create table fields (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  key text not null,
  label text not null,
  type text not null,
  group_name text,
  "position" integer not null default 0,
  choices jsonb,
  source text not null,
  created_at timestamp(3) with time zone not null,
  archived_at timestamp(3) with time zone,
  description text not null default ''::text,
  rules jsonb not null default '{}'::jsonb,
  choice_looks jsonb not null default '{}'::jsonb,
  constraint fields_pkey PRIMARY KEY (id),
  constraint fields_key UNIQUE (workspace_id, key),
  constraint fields_type CHECK ((type = ANY (ARRAY['text'::text, 'long_text'::text, 'integer'::text, 'decimal'::text, 'boolean'::text, 'date'::text, 'date_time'::text, 'choice'::text, 'multiple_choice'::text]))),
  constraint fields_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table frequency_rules (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  key text not null,
  kind text not null,
  most integer not null,
  time_window jsonb not null,
  channels text[] not null default '{}'::text[],
  tag_ids bigint[] not null default '{}'::bigint[],
  category_ids bigint[] not null default '{}'::bigint[],
  each_channel boolean not null default false,
  counts text not null,
  when_reached text not null,
  enabled boolean not null default true,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  constraint frequency_rules_pkey PRIMARY KEY (id),
  constraint frequency_rules_counts CHECK ((counts = ANY (ARRAY['marketing'::text, 'all'::text]))),
  constraint frequency_rules_key UNIQUE (workspace_id, key),
  constraint frequency_rules_kind CHECK ((kind = ANY (ARRAY['cap'::text, 'gap'::text]))),
  constraint frequency_rules_most CHECK ((most >= 1)),
  constraint frequency_rules_when_reached CHECK ((when_reached = ANY (ARRAY['refuse'::text, 'wait'::text]))),
  constraint frequency_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table idempotency_keys (
  workspace_id bigint not null,
  key text not null,
  request_hash bytea not null,
  ticket text,
  status integer,
  answer jsonb,
  created_at timestamp(3) with time zone not null,
  claimed_by bigint,
  constraint idempotency_keys_pkey PRIMARY KEY (workspace_id, key)
);

create table identifier_refusals (
  contact_id bigint not null,
  kind text not null,
  reason text not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  n bigint not null,
  last_value text not null,
  first_at timestamp(3) with time zone not null,
  last_at timestamp(3) with time zone not null,
  constraint identifier_refusals_pkey PRIMARY KEY (contact_id, kind, reason)
) with (fillfactor=70);

create table identifiers (
  workspace_id bigint not null,
  kind text not null,
  value text not null,
  contact_id bigint not null,
  source_contact_id bigint,
  set_at timestamp(3) with time zone not null,
  weak boolean not null default false,
  source text not null,
  retired boolean not null default false,
  formers bigint[],
  moved_at timestamp(3) with time zone,
  constraint identifiers_pkey PRIMARY KEY (workspace_id, kind, value, contact_id)
) with (fillfactor=80);

create table import_results (
  contact_id bigint not null,
  session_id bigint not null,
  n integer not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  dedupe_value text,
  minted boolean not null default false,
  problem text,
  at timestamp(3) with time zone not null,
  constraint import_results_pkey PRIMARY KEY (contact_id, session_id, n)
);

create table import_sessions (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  contacts integer not null,
  created_at timestamp(3) with time zone not null,
  constraint import_sessions_pkey PRIMARY KEY (id),
  constraint import_sessions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table inbox (
  workspace_id bigint not null,
  lane smallint not null,
  seq bigint generated always as identity not null,
  n integer not null,
  received_at timestamp(3) with time zone not null,
  payload bytea not null storage external,
  constraint inbox_pkey PRIMARY KEY (workspace_id, lane, seq),
  constraint inbox_lane CHECK ((lane = ANY (ARRAY[0, 1])))
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=2000);

create table indexed_fields (
  workspace_id bigint not null,
  field text not null,
  created_at timestamp(3) with time zone not null,
  done_at timestamp(3) with time zone,
  constraint indexed_fields_pkey PRIMARY KEY (workspace_id, field),
  constraint indexed_fields_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table installation (
  one boolean not null default true,
  slots integer not null,
  secret_fingerprint text,
  created_at timestamp(3) with time zone not null,
  constraint installation_pkey PRIMARY KEY (one),
  constraint installation_is_one CHECK (one),
  constraint installation_slots CHECK (((slots >= 1) AND (slots <= 4096)))
);

create table job_changes (
  job_id bigint not null,
  slice integer not null,
  contact_ids bigint[] not null,
  constraint job_changes_pkey PRIMARY KEY (job_id, slice)
);

create table job_contacts (
  job_id bigint not null,
  piece integer not null,
  contact_ids bigint[] not null,
  constraint job_contacts_pkey PRIMARY KEY (job_id, piece)
);

create table job_errors (
  job_id bigint not null,
  n integer not null,
  contact_id bigint,
  subject text,
  message text not null,
  constraint job_errors_pkey PRIMARY KEY (job_id, n)
);

create table job_files (
  job_id bigint not null,
  slice integer not null,
  rows integer not null,
  bytes integer not null,
  content bytea not null storage external,
  constraint job_files_pkey PRIMARY KEY (job_id, slice)
);

create table jobs (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  kind text not null,
  input jsonb not null,
  state text not null,
  cursor jsonb,
  slices integer not null default 0,
  total bigint,
  done bigint not null default 0,
  failed bigint not null default 0,
  result jsonb,
  reason text,
  attempts integer not null default 0,
  cancel_asked boolean not null default false,
  worked_ms bigint not null default 0,
  actor_kind text not null,
  actor_id bigint,
  actor_name text not null,
  created_at timestamp(3) with time zone not null,
  started_at timestamp(3) with time zone,
  moved_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  constraint jobs_pkey PRIMARY KEY (id),
  constraint jobs_state CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
) with (fillfactor=50);

create table kept_sum_parts (
  contact_id bigint not null,
  event_type_id bigint not null,
  question_hash bytea not null,
  part bigint not null,
  first_at timestamp(3) with time zone not null,
  last_at timestamp(3) with time zone not null,
  n bigint not null,
  numbers bigint not null,
  sum numeric not null,
  "least" numeric,
  "greatest" numeric,
  constraint kept_sum_parts_pkey PRIMARY KEY (contact_id, event_type_id, question_hash, part),
  constraint kept_sum_parts_n_check CHECK ((n > 0)),
  constraint kept_sum_parts_numbers_check CHECK ((numbers >= 0))
) with (fillfactor=80);

create table kept_sums (
  contact_id bigint not null,
  event_type_id bigint not null,
  question_hash bytea not null,
  question jsonb not null,
  part_ms bigint not null,
  asked_at timestamp(3) with time zone not null,
  constraint kept_sums_pkey PRIMARY KEY (contact_id, event_type_id, question_hash),
  constraint kept_sums_part_ms_check CHECK ((part_ms > 0))
);

create table kept_times (
  contact_id bigint not null,
  event_type_id bigint not null,
  first_at timestamp(3) with time zone not null,
  last_at timestamp(3) with time zone not null,
  n bigint not null,
  constraint kept_times_pkey PRIMARY KEY (contact_id, event_type_id),
  constraint kept_times_n_check CHECK ((n >= 0))
) with (fillfactor=80, autovacuum_vacuum_scale_factor=0.05);

create table kept_types (
  event_type_id bigint not null,
  workspace_id bigint not null,
  created_at timestamp(3) with time zone not null,
  asked_at timestamp(3) with time zone not null,
  built_at timestamp(3) with time zone,
  constraint kept_types_pkey PRIMARY KEY (event_type_id),
  constraint kept_types_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table keys (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  kind text not null,
  name text not null default ''::text,
  token_hash bytea not null,
  shown text not null,
  rights text[] not null,
  created_by bigint,
  created_at timestamp(3) with time zone not null,
  used_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  app_id bigint,
  constraint keys_pkey PRIMARY KEY (id),
  constraint keys_app_id_fkey FOREIGN KEY (app_id) REFERENCES apps(id),
  constraint keys_kind CHECK ((kind = ANY (ARRAY['rest'::text, 'write'::text, 'mobile'::text, 'management'::text]))),
  constraint keys_token UNIQUE (token_hash),
  constraint keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table login_attempts (
  subject text not null,
  window_start timestamp(3) with time zone not null,
  failures integer not null,
  constraint login_attempts_pkey PRIMARY KEY (subject, window_start)
);

create table mailbox_mails (
  mailbox_id bigint not null,
  uid_validity bigint not null,
  uid bigint not null,
  constraint mailbox_mails_pkey PRIMARY KEY (mailbox_id, uid_validity, uid),
  constraint mailbox_mails_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailboxes(id) ON DELETE CASCADE
);

create table mailboxes (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  name text not null,
  host text not null,
  port integer not null,
  security text not null,
  accept_any_certificate boolean not null default false,
  user_name text not null,
  login jsonb not null,
  secrets text not null,
  folder text not null,
  afterwards text not null,
  move_to text,
  enabled boolean not null default true,
  uid_validity bigint,
  last_uid bigint not null default 0,
  told bigint not null default 0,
  nothing bigint not null default 0,
  unknown bigint not null default 0,
  gone bigint not null default 0,
  last_mail_at timestamp(3) with time zone,
  looked_at timestamp(3) with time zone,
  condition text not null default 'new'::text,
  problem text,
  failures integer not null default 0,
  next_at timestamp(3) with time zone not null,
  held_by bigint,
  held_until timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  constraint mailboxes_pkey PRIMARY KEY (id),
  constraint mailboxes_afterwards CHECK ((afterwards = ANY (ARRAY['seen'::text, 'move'::text, 'delete'::text]))),
  constraint mailboxes_condition CHECK ((condition = ANY (ARRAY['new'::text, 'well'::text, 'refused'::text, 'failing'::text]))),
  constraint mailboxes_move_to CHECK (((afterwards = 'move'::text) = (move_to IS NOT NULL))),
  constraint mailboxes_security CHECK ((security = ANY (ARRAY['tls'::text, 'starttls'::text, 'none'::text]))),
  constraint mailboxes_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table memberships (
  contact_id bigint not null,
  segment_id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  member boolean not null,
  entered_at timestamp(3) with time zone not null,
  changes_at timestamp(3) with time zone,
  slot integer not null,
  constraint memberships_pkey PRIMARY KEY (contact_id, segment_id)
) with (fillfactor=80);

create table merges (
  keep_id bigint not null,
  drop_id bigint not null,
  workspace_id bigint not null,
  state text not null,
  reason text not null,
  decided_at timestamp(3) with time zone not null,
  applied_at timestamp(3) with time zone,
  journal jsonb not null default '{}'::jsonb,
  id bigint not null,
  why jsonb not null default '{}'::jsonb,
  identifiers jsonb not null default '{}'::jsonb,
  decided_by text,
  undone_at timestamp(3) with time zone,
  undone_by text,
  constraint merges_pkey PRIMARY KEY (keep_id, id),
  constraint merges_state CHECK ((state = ANY (ARRAY['decided'::text, 'applied'::text, 'undone'::text])))
);

create table message_blocks (
  message_id bigint not null,
  block_id bigint not null,
  block_version integer not null,
  constraint message_blocks_pkey PRIMARY KEY (message_id, block_id),
  constraint message_blocks_block_id_fkey FOREIGN KEY (block_id) REFERENCES content_blocks(id),
  constraint message_blocks_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE
);

create table message_categories (
  message_id bigint not null,
  category_id bigint not null,
  constraint message_categories_pkey PRIMARY KEY (message_id, category_id),
  constraint message_categories_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE,
  constraint message_categories_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE
);

create table message_secrets (
  message_id bigint not null,
  name text not null,
  workspace_id bigint not null,
  constraint message_secrets_pkey PRIMARY KEY (message_id, name),
  constraint message_secrets_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE
);

create table message_versions (
  message_id bigint not null,
  version integer not null,
  content jsonb not null,
  compiled jsonb not null default '{}'::jsonb,
  created_at timestamp(3) with time zone not null,
  created_by text,
  blocks jsonb not null default '{}'::jsonb,
  personalisation jsonb not null default '{}'::jsonb,
  restored_from integer,
  subjects jsonb,
  constraint message_versions_pkey PRIMARY KEY (message_id, version),
  constraint message_versions_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE
);

create table messages (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  key text not null,
  name text not null,
  channel text not null,
  default_language text not null,
  version integer not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  archived_at timestamp(3) with time zone,
  sending jsonb not null default '{}'::jsonb,
  template boolean not null default false,
  constraint messages_pkey PRIMARY KEY (id),
  constraint messages_key UNIQUE (workspace_id, key),
  constraint messages_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table not_started (
  contact_id bigint not null,
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  workflow_id bigint not null,
  key text not null,
  reason text not null,
  details jsonb,
  at timestamp(3) with time zone not null,
  constraint not_started_pkey PRIMARY KEY (contact_id, id)
);

create table one_time_links (
  token_hash bytea not null,
  user_id bigint not null,
  purpose text not null,
  expires_at timestamp(3) with time zone not null,
  used_at timestamp(3) with time zone,
  constraint one_time_links_pkey PRIMARY KEY (token_hash),
  constraint one_time_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table order_owners (
  workspace_id bigint not null,
  external_order_id text not null,
  contact_id bigint not null,
  constraint order_owners_pkey PRIMARY KEY (workspace_id, external_order_id)
);

create table orders (
  contact_id bigint not null,
  external_order_id text not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  status text not null,
  total numeric(20,4) not null,
  currency text,
  ordered_at timestamp(3) with time zone not null,
  items jsonb not null default '[]'::jsonb,
  details jsonb not null default '{}'::jsonb,
  source text not null,
  set_at timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  constraint orders_pkey PRIMARY KEY (contact_id, external_order_id),
  constraint orders_status CHECK ((status = ANY (ARRAY['INITIALIZED'::text, 'IN_PROGRESS'::text, 'DELIVERED'::text, 'CANCELLED'::text, 'ABANDONED_SHOPPING_CART'::text])))
) with (fillfactor=80);

create table processes (
  id bigint generated always as identity not null,
  role text not null,
  started_at timestamp(3) with time zone not null,
  beat_at timestamp(3) with time zone not null,
  constraint processes_pkey PRIMARY KEY (id)
);

create table promo_codes (
  pool_id bigint not null,
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  code text not null,
  expires_at timestamp(3) with time zone not null default 'infinity'::timestamp with time zone,
  bucket smallint not null,
  state text not null default 'free'::text,
  added_at timestamp(3) with time zone not null,
  used_at timestamp(3) with time zone,
  constraint promo_codes_pkey PRIMARY KEY (pool_id, id),
  constraint promo_codes_bucket CHECK (((bucket >= 0) AND (bucket <= 63))),
  constraint promo_codes_code UNIQUE (workspace_id, code),
  constraint promo_codes_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES promo_pools(id) ON DELETE CASCADE,
  constraint promo_codes_state CHECK ((state = ANY (ARRAY['free'::text, 'used'::text, 'expired'::text])))
) with (fillfactor=90);

create table promo_grants (
  contact_id bigint not null,
  id bigint not null default nextval('promo_grant_ids'::regclass),
  workspace_id bigint not null,
  source_contact_id bigint,
  pool_id bigint not null,
  code_id bigint not null,
  run_id bigint not null,
  workflow_id bigint not null,
  block text not null,
  taken_at timestamp(3) with time zone not null,
  constraint promo_grants_pkey PRIMARY KEY (contact_id, id)
);

create table promo_pools (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  name text not null,
  name_key text not null,
  type text,
  discount numeric,
  expires_at timestamp(3) with time zone,
  warn_below integer,
  warned_at timestamp(3) with time zone,
  archived_at timestamp(3) with time zone,
  added bigint not null default 0,
  expired bigint not null default 0,
  used_elsewhere bigint not null default 0,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  constraint promo_pools_pkey PRIMARY KEY (id),
  constraint promo_pools_name UNIQUE (workspace_id, name_key),
  constraint promo_pools_warn_below CHECK ((warn_below > 0)),
  constraint promo_pools_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table promo_taken (
  pool_id bigint not null,
  slot integer not null,
  n bigint not null,
  constraint promo_taken_pkey PRIMARY KEY (pool_id, slot),
  constraint promo_taken_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES promo_pools(id) ON DELETE CASCADE
);

create table providers (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  channel text not null,
  kind text not null,
  name text not null,
  settings jsonb not null default '{}'::jsonb,
  secrets text,
  "position" integer not null default 0,
  enabled boolean not null default true,
  verified_at timestamp(3) with time zone,
  problem text,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  condition text not null default 'untried'::text,
  condition_at timestamp(3) with time zone,
  paused_until timestamp(3) with time zone,
  callback_at timestamp(3) with time zone,
  constraint providers_pkey PRIMARY KEY (id),
  constraint providers_condition CHECK ((condition = ANY (ARRAY['untried'::text, 'fine'::text, 'throttled'::text, 'refused'::text, 'failing'::text, 'broken'::text]))),
  constraint providers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table receiving_limits (
  workspace_id bigint not null,
  limits jsonb not null,
  updated_at timestamp(3) with time zone not null,
  constraint receiving_limits_pkey PRIMARY KEY (workspace_id),
  constraint receiving_limits_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table receiving_slowdowns (
  workspace_id bigint not null,
  domain text not null,
  rate_per_second double precision not null,
  answer text not null,
  at timestamp(3) with time zone not null,
  constraint receiving_slowdowns_pkey PRIMARY KEY (workspace_id, domain),
  constraint receiving_slowdowns_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table recipient_pages (
  workspace_id bigint not null,
  theme jsonb not null default '{}'::jsonb,
  texts jsonb not null default '{}'::jsonb,
  reasons jsonb not null default '{}'::jsonb,
  logo bytea,
  logo_type text,
  logo_width integer,
  logo_height integer,
  logo_hash text,
  updated_at timestamp(3) with time zone not null,
  constraint recipient_pages_pkey PRIMARY KEY (workspace_id),
  constraint recipient_pages_logo CHECK (((logo IS NULL) = (logo_hash IS NULL))),
  constraint recipient_pages_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table regular_starts (
  workflow_id bigint not null,
  workspace_id bigint not null,
  version integer not null,
  activated_at timestamp(3) with time zone not null,
  done_until timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone,
  constraint regular_starts_pkey PRIMARY KEY (workflow_id)
);

create table removed_tag_links (
  tag_id bigint not null,
  object_kind text not null,
  object_id bigint not null,
  passed_on boolean not null,
  constraint removed_tag_links_pkey PRIMARY KEY (tag_id, object_kind, object_id),
  constraint removed_tag_links_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES removed_tags(id) ON DELETE CASCADE
);

create table removed_tags (
  id bigint not null,
  workspace_id bigint not null,
  name text not null,
  created_at timestamp(3) with time zone not null,
  removed_at timestamp(3) with time zone not null,
  merged_into bigint,
  constraint removed_tags_pkey PRIMARY KEY (id),
  constraint removed_tags_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table rendering_drafts (
  job_id bigint not null,
  default_language text not null,
  content jsonb not null,
  compiled jsonb not null,
  constraint rendering_drafts_pkey PRIMARY KEY (job_id),
  constraint rendering_drafts_job_id_fkey FOREIGN KEY (job_id) REFERENCES jobs(id) ON DELETE CASCADE
);

create table resolvers (
  workspace_id bigint not null,
  mark timestamp(3) with time zone not null,
  constraint resolvers_pkey PRIMARY KEY (workspace_id)
) with (fillfactor=50);

create table results (
  ticket text not null,
  outcome jsonb not null,
  at timestamp(3) with time zone not null,
  constraint results_pkey PRIMARY KEY (ticket)
);

create table run_steps (
  contact_id bigint not null,
  run_id bigint not null,
  n integer not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  block text not null,
  type text not null,
  at timestamp(3) with time zone not null,
  exit text,
  decided_by jsonb,
  constraint run_steps_pkey PRIMARY KEY (contact_id, run_id, n, at)
) partition by RANGE (at);

create table runs (
  contact_id bigint not null,
  id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  slot integer not null,
  workflow_id bigint not null,
  version integer not null,
  key text not null default ''::text,
  state text not null,
  reason text,
  block text,
  wake_at timestamp(3) with time zone,
  paused_wake_at timestamp(3) with time zone,
  steps integer not null default 0,
  context jsonb not null,
  results jsonb not null default '{}'::jsonb,
  depth smallint not null default 0,
  test boolean not null default false,
  started_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  stopped_by bigint,
  constraint runs_pkey PRIMARY KEY (contact_id, id),
  constraint runs_ended_without_wake CHECK (((ended_at IS NULL) OR ((wake_at IS NULL) AND (paused_wake_at IS NULL)))),
  constraint runs_state CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'completed'::text, 'stopped'::text, 'failed'::text])))
) with (fillfactor=70);

create table samples (
  workspace_id bigint not null,
  until timestamp(3) with time zone not null,
  reached_at timestamp(3) with time zone not null,
  finished_at timestamp(3) with time zone,
  constraint samples_pkey PRIMARY KEY (workspace_id),
  constraint samples_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table sandbox_messages (
  contact_id bigint not null,
  delivery_id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  channel text not null,
  address text not null,
  content jsonb not null,
  raw bytea,
  received_at timestamp(3) with time zone not null,
  constraint sandbox_messages_pkey PRIMARY KEY (contact_id, delivery_id)
);

create table schema_migrations (
  version integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp(3) with time zone not null,
  constraint schema_migrations_pkey PRIMARY KEY (version)
);

create table seen_messages (
  hash bigint not null,
  day date not null,
  constraint seen_messages_pkey PRIMARY KEY (hash, day)
) partition by RANGE (day);

create table segment_days (
  segment_id bigint not null,
  day date not null,
  slot integer not null,
  workspace_id bigint not null,
  entered bigint not null,
  exited bigint not null,
  constraint segment_days_pkey PRIMARY KEY (segment_id, day, slot)
);

create table segment_launches (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  workflow_id bigint not null,
  block text not null,
  contact_id bigint not null,
  run_id bigint not null,
  step integer not null,
  message_id bigint not null,
  segment_id bigint not null,
  terms jsonb not null,
  context jsonb not null,
  most_per_hour integer not null,
  asked_at timestamp(3) with time zone not null,
  constraint segment_launches_pkey PRIMARY KEY (id),
  constraint segment_launches_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflows(id) ON DELETE CASCADE,
  constraint segment_launches_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table segment_sizes (
  segment_id bigint not null,
  slot integer not null,
  workspace_id bigint not null,
  members bigint not null,
  changed_at timestamp(3) with time zone not null,
  constraint segment_sizes_pkey PRIMARY KEY (segment_id, slot)
) with (fillfactor=50);

create table segment_versions (
  segment_id bigint not null,
  version integer not null,
  workspace_id bigint not null,
  definition jsonb not null,
  state text not null,
  job_id bigint,
  created_at timestamp(3) with time zone not null,
  computed_at timestamp(3) with time zone,
  took_ms bigint,
  swapped integer,
  cause text not null default 'definition'::text,
  constraint segment_versions_pkey PRIMARY KEY (segment_id, version),
  constraint segment_versions_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segments(id) ON DELETE CASCADE,
  constraint segment_versions_state CHECK ((state = ANY (ARRAY['computing'::text, 'ready'::text, 'cancelled'::text, 'failed'::text, 'replaced'::text])))
);

create table segments (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  key text not null,
  name text not null,
  name_key text not null,
  kind text not null,
  purpose text not null default ''::text,
  source text not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  archived_at timestamp(3) with time zone,
  version integer not null default 0,
  constraint segments_pkey PRIMARY KEY (id),
  constraint segments_key UNIQUE (workspace_id, key),
  constraint segments_kind CHECK ((kind = ANY (ARRAY['list'::text, 'dynamic'::text]))),
  constraint segments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table send_requests (
  id bigint not null,
  workspace_id bigint not null,
  message_id bigint not null,
  channel text not null,
  external_id text,
  repeat_key bytea,
  refused text,
  created_at timestamp(3) with time zone not null,
  constraint send_requests_pkey PRIMARY KEY (id),
  constraint send_requests_repeat UNIQUE (workspace_id, repeat_key),
  constraint send_requests_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table sender_domain_keys (
  domain_id bigint not null,
  selector text not null,
  public_key text not null,
  private_key text not null,
  created_at timestamp(3) with time zone not null,
  retired_at timestamp(3) with time zone,
  signs_since timestamp(3) with time zone,
  constraint sender_domain_keys_pkey PRIMARY KEY (domain_id, selector),
  constraint sender_domain_keys_domain_id_fkey FOREIGN KEY (domain_id) REFERENCES sender_domains(id) ON DELETE CASCADE
);

create table sender_domains (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  domain text not null,
  senders text[] not null default '{}'::text[],
  return_domain text,
  active_selector text not null,
  state text not null default 'pending'::text,
  state_at timestamp(3) with time zone not null,
  findings jsonb not null default '{}'::jsonb,
  history jsonb not null default '[]'::jsonb,
  checked_at timestamp(3) with time zone,
  check_at timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  constraint sender_domains_pkey PRIMARY KEY (id),
  constraint sender_domains_domain UNIQUE (workspace_id, domain),
  constraint sender_domains_state CHECK ((state = ANY (ARRAY['pending'::text, 'verified'::text, 'broken'::text]))),
  constraint sender_domains_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table senders (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  domain_id bigint not null,
  name text not null,
  address text not null,
  reply_to text,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  is_default boolean not null default false,
  constraint senders_pkey PRIMARY KEY (id),
  constraint senders_address UNIQUE (workspace_id, address),
  constraint senders_domain_id_fkey FOREIGN KEY (domain_id) REFERENCES sender_domains(id) ON DELETE CASCADE,
  constraint senders_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table sends (
  contact_id bigint not null,
  id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  message_id bigint not null,
  message_version integer not null,
  channel text not null,
  language text,
  workflow_id bigint,
  run_id bigint,
  block text,
  campaign_id bigint,
  transactional boolean not null default false,
  test boolean not null default false,
  decision text not null,
  reasons jsonb not null,
  status text,
  facts smallint not null default 0,
  context jsonb,
  hold_until timestamp(3) with time zone,
  expires_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  slot integer,
  reason text,
  priority smallint not null default 2,
  counts_at timestamp(3) with time zone,
  terms jsonb,
  request_id bigint,
  constraint sends_pkey PRIMARY KEY (contact_id, id),
  constraint sends_decision CHECK ((decision = ANY (ARRAY['sent'::text, 'held'::text, 'refused'::text]))),
  constraint sends_priority CHECK ((priority = ANY (ARRAY[1, 2, 3])))
) with (fillfactor=80);

create table sessions (
  token_hash bytea not null,
  user_id bigint not null,
  csrf_token text not null,
  created_at timestamp(3) with time zone not null,
  seen_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  ip text,
  agent text,
  constraint sessions_pkey PRIMARY KEY (token_hash),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table single_contents (
  message_id bigint not null,
  hash bytea not null,
  version integer not null,
  constraint single_contents_pkey PRIMARY KEY (message_id, hash),
  constraint single_contents_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE
);

create table single_messages (
  workspace_id bigint not null,
  kind bytea not null,
  message_id bigint,
  constraint single_messages_pkey PRIMARY KEY (workspace_id, kind),
  constraint single_messages_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE,
  constraint single_messages_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table slot_queue (
  slot integer not null,
  lane smallint not null,
  seq bigint generated always as identity not null,
  n integer not null,
  received_at timestamp(3) with time zone not null,
  payload bytea not null storage external,
  constraint slot_queue_pkey PRIMARY KEY (slot, lane, seq),
  constraint slot_queue_lane CHECK ((lane = ANY (ARRAY[0, 1])))
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=2000);

create table slots (
  slot integer not null,
  constraint slots_pkey PRIMARY KEY (slot)
);

create table suppressions (
  workspace_id bigint not null,
  channel text not null,
  address text not null,
  reason text not null,
  since timestamp(3) with time zone not null,
  until timestamp(3) with time zone,
  details text,
  source text not null,
  contact_id bigint,
  delivery_id bigint,
  strikes smallint not null default 0,
  job_id bigint,
  constraint suppressions_pkey PRIMARY KEY (workspace_id, channel, address, reason),
  constraint suppressions_reason CHECK ((reason = ANY (ARRAY['unsubscribed'::text, 'complained'::text, 'bounced'::text, 'blocked'::text, 'blacklisted'::text])))
);

create table tag_links (
  tag_id bigint not null,
  object_kind text not null,
  object_id bigint not null,
  constraint tag_links_pkey PRIMARY KEY (object_kind, object_id, tag_id),
  constraint tag_links_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags(id) ON DELETE CASCADE
);

create table tags (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  name text not null,
  created_at timestamp(3) with time zone not null,
  constraint tags_pkey PRIMARY KEY (id),
  constraint tags_name_length CHECK (((length(name) >= 1) AND (length(name) <= 50))),
  constraint tags_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table test_launches (
  contact_id bigint not null,
  id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  workflow_id bigint not null,
  version integer,
  definition jsonb not null,
  options jsonb not null,
  pace text not null,
  key text not null,
  state text not null,
  reason text,
  block text not null,
  wake_at timestamp(3) with time zone,
  ahead_ms bigint not null default 0,
  due_at timestamp(3) with time zone,
  context jsonb not null,
  refused jsonb,
  results jsonb not null default '{}'::jsonb,
  fields jsonb not null default '{}'::jsonb,
  steps jsonb not null default '[]'::jsonb,
  started_by text not null,
  started_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  constraint test_launches_pkey PRIMARY KEY (contact_id, id),
  constraint test_launches_pace CHECK ((pace = ANY (ARRAY['step'::text, 'end'::text]))),
  constraint test_launches_state CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'completed'::text, 'stopped'::text, 'failed'::text])))
);

create table user_roles (
  user_id bigint not null,
  workspace_id bigint not null,
  role text not null,
  constraint user_roles_pkey PRIMARY KEY (user_id, workspace_id),
  constraint user_roles_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint user_roles_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table users (
  id bigint generated always as identity not null,
  email text not null,
  name text not null default ''::text,
  password_hash text,
  totp_secret text,
  totp_enabled_at timestamp(3) with time zone,
  totp_last_step bigint,
  locale text not null default 'en'::text,
  time_zone text,
  preferences jsonb not null default '{}'::jsonb,
  created_at timestamp(3) with time zone not null,
  disabled_at timestamp(3) with time zone,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email UNIQUE (email)
);

create table version_answers (
  segment_id bigint not null,
  version integer not null,
  slot integer not null,
  contact_ids bigint[] not null,
  members boolean[] not null,
  changes_at timestamp(3) with time zone[] not null,
  n integer not null,
  constraint version_answers_pkey PRIMARY KEY (segment_id, version, slot)
);

create table version_members (
  contact_id bigint not null,
  segment_id bigint not null,
  version integer not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  slot integer not null,
  member boolean not null,
  entered_at timestamp(3) with time zone not null,
  changes_at timestamp(3) with time zone,
  constraint version_members_pkey PRIMARY KEY (contact_id, segment_id, version)
) with (fillfactor=80);

create table waiting_starts (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  workflow_id bigint not null,
  version integer not null,
  event_id bigint not null,
  contact_id bigint not null,
  rule jsonb not null,
  context jsonb not null,
  key text not null,
  depth smallint not null,
  received_at timestamp(3) with time zone not null,
  attempts smallint not null default 0,
  due_at timestamp(3) with time zone not null,
  constraint waiting_starts_pkey PRIMARY KEY (id)
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000);

create table webhook_attempts (
  id bigint generated always as identity not null,
  webhook_id bigint not null,
  workspace_id bigint not null,
  at timestamp(3) with time zone not null,
  took_ms integer not null,
  delivered boolean not null,
  status integer,
  problem text,
  answer text,
  kind text,
  try integer not null,
  facts jsonb not null,
  test boolean not null default false,
  skipped jsonb,
  constraint webhook_attempts_pkey PRIMARY KEY (id),
  constraint webhook_attempts_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhooks(id) ON DELETE CASCADE
);

create table webhook_hours (
  webhook_id bigint not null,
  hour timestamp(3) with time zone not null,
  delivered bigint not null,
  failed bigint not null,
  constraint webhook_hours_pkey PRIMARY KEY (webhook_id, hour),
  constraint webhook_hours_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhooks(id) ON DELETE CASCADE
);

create table webhook_outbox (
  contact_id bigint not null,
  id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  webhook_id bigint not null,
  event_type_id bigint not null,
  occurred_at timestamp(3) with time zone not null,
  event_id bigint not null,
  created_at timestamp(3) with time zone not null,
  constraint webhook_outbox_pkey PRIMARY KEY (contact_id, id)
);

create table webhooks (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  name text not null,
  url text not null,
  format text not null,
  kinds text[] not null,
  filters jsonb not null default '{}'::jsonb,
  secrets text not null,
  state text not null,
  failures integer not null default 0,
  failing_since timestamp(3) with time zone,
  problem text,
  next_at timestamp(3) with time zone,
  leased_by bigint,
  leased_until timestamp(3) with time zone,
  dropped bigint not null default 0,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  alarm_id bigint,
  constraint webhooks_pkey PRIMARY KEY (id),
  constraint webhooks_alarm_id_fkey FOREIGN KEY (alarm_id) REFERENCES alarms(id) ON DELETE CASCADE,
  constraint webhooks_format CHECK ((format = ANY (ARRAY['standard'::text, 'reteno'::text]))),
  constraint webhooks_state CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'failing'::text]))),
  constraint webhooks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table workflow_calls (
  contact_id bigint not null,
  id bigint not null default nextval('workflow_call_ids'::regclass),
  workspace_id bigint not null,
  source_contact_id bigint,
  run_id bigint not null,
  step integer not null,
  workflow_id bigint not null,
  version integer not null,
  block text not null,
  origin text not null,
  request jsonb not null,
  state text not null default 'waiting'::text,
  tries integer not null default 0,
  due_at timestamp(3) with time zone,
  status integer,
  problem text,
  answer jsonb,
  took_ms integer,
  created_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  constraint workflow_calls_pkey PRIMARY KEY (contact_id, id),
  constraint workflow_calls_state CHECK ((state = ANY (ARRAY['waiting'::text, 'answered'::text, 'failed'::text, 'cancelled'::text])))
);

create table workflow_counts (
  workflow_id bigint not null,
  day date not null,
  slot integer not null,
  version integer not null,
  block text not null,
  what text not null,
  n bigint not null,
  constraint workflow_counts_pkey PRIMARY KEY (workflow_id, day, slot, version, block, what)
) with (fillfactor=60);

create table workflow_secrets (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  origin text not null,
  sealed text not null,
  created_at timestamp(3) with time zone not null,
  constraint workflow_secrets_pkey PRIMARY KEY (id),
  constraint workflow_secrets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table workflow_versions (
  workflow_id bigint not null,
  version integer not null,
  definition jsonb not null,
  published_at timestamp(3) with time zone not null,
  published_by text,
  constraint workflow_versions_pkey PRIMARY KEY (workflow_id, version),
  constraint workflow_versions_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflows(id) ON DELETE CASCADE
);

create table workflows (
  id bigint generated always as identity not null,
  workspace_id bigint not null,
  key text not null,
  name text not null,
  state text not null,
  draft jsonb not null,
  published_version integer,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  activated_at timestamp(3) with time zone,
  revision integer not null default 1,
  edited_at timestamp(3) with time zone,
  edited_by text,
  constraint workflows_pkey PRIMARY KEY (id),
  constraint workflows_key UNIQUE (workspace_id, key),
  constraint workflows_state CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'paused'::text, 'archived'::text]))),
  constraint workflows_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table workspaces (
  id bigint generated always as identity not null,
  slug text not null,
  name text not null,
  time_zone text not null default 'UTC'::text,
  settings jsonb not null default '{}'::jsonb,
  sample boolean not null default false,
  config_version bigint not null default 1,
  created_at timestamp(3) with time zone not null,
  address_key bytea not null default decode(replace(((gen_random_uuid())::text || (gen_random_uuid())::text), '-'::text, ''::text), 'hex'::text),
  currency text not null default 'USD'::text,
  constraint workspaces_pkey PRIMARY KEY (id),
  constraint workspaces_currency CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint workspaces_slug UNIQUE (slug),
  constraint workspaces_slug_form CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
);

CREATE INDEX alarm_episodes_of_alarm ON public.alarm_episodes USING btree (alarm_id, id);
CREATE UNIQUE INDEX alarm_episodes_open ON public.alarm_episodes USING btree (alarm_id) WHERE (ended_at IS NULL);
CREATE INDEX alarms_of_workspace ON public.alarms USING btree (workspace_id, id);
CREATE INDEX audit_of_workspace ON public.audit USING btree (workspace_id, id);
CREATE INDEX campaign_slices_waiting ON public.campaign_slices USING btree (campaign_id, rest, due_at NULLS FIRST, n) WHERE (handed_at IS NULL);
CREATE INDEX campaigns_moving ON public.campaigns USING btree (state, starts_at) WHERE ((state = ANY (ARRAY['scheduled'::text, 'running'::text])) OR (sweep IS NOT NULL));
CREATE INDEX campaigns_of_block ON public.campaigns USING btree (origin_workflow, origin_block, created_at) WHERE (origin_workflow IS NOT NULL);
CREATE INDEX category_choices_of_category ON public.category_choices USING btree (category_id, subscribed, contact_id);
CREATE INDEX choices_due ON public.choices USING btree (slot, due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX contact_views_of_workspace ON public.contact_views USING btree (workspace_id);
CREATE INDEX contacts_created ON public.contacts USING btree (workspace_id, created_at) WHERE (deleted_at IS NULL);
CREATE INDEX contacts_deleted ON public.contacts USING btree (workspace_id, id) WHERE ((deleted_at IS NOT NULL) AND (merged_into IS NULL));
CREATE INDEX contacts_email ON public.contacts USING btree (workspace_id, email text_pattern_ops) WHERE (email IS NOT NULL);
CREATE INDEX contacts_external_id ON public.contacts USING btree (workspace_id, external_id text_pattern_ops) WHERE (external_id IS NOT NULL);
CREATE INDEX contacts_identified ON public.contacts USING btree (workspace_id, id) WHERE ((deleted_at IS NULL) AND ((external_id IS NOT NULL) OR (email IS NOT NULL) OR (phone IS NOT NULL)));
CREATE INDEX contacts_name ON public.contacts USING btree (workspace_id, name_key text_pattern_ops) WHERE (name_key IS NOT NULL);
CREATE INDEX contacts_of_workspace ON public.contacts USING btree (workspace_id, id) WHERE (deleted_at IS NULL);
CREATE INDEX contacts_phone ON public.contacts USING btree (workspace_id, phone text_pattern_ops) WHERE (phone IS NOT NULL);
CREATE INDEX contacts_source ON public.contacts USING btree (workspace_id, source, id) WHERE (deleted_at IS NULL);
CREATE INDEX contacts_surname ON public.contacts USING btree (workspace_id, surname_key text_pattern_ops) WHERE (surname_key IS NOT NULL);
CREATE INDEX content_block_links_child ON public.content_block_links USING btree (child_id);
CREATE INDEX date_starts_due ON public.date_starts USING btree (slot, due_at);
CREATE INDEX dead_events_of_contact ON public.dead_events USING btree (contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX dead_events_of_workspace ON public.dead_events USING btree (workspace_id, id);
CREATE INDEX deliveries_due ON public.deliveries USING btree (slot, lane, due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX deliveries_in_flight ON public.deliveries USING btree (claimed_by) WHERE (state = 'handed_over'::text);
CREATE INDEX deliveries_newest ON public.deliveries USING btree (workspace_id, id);
CREATE INDEX deliveries_of_send ON public.deliveries USING btree (send_id);
CREATE INDEX deliveries_uncertain ON public.deliveries USING btree (workspace_id, id) WHERE (uncertain_at IS NOT NULL);
CREATE INDEX earlier_values_of_job ON public.earlier_values USING btree (job_id);
CREATE INDEX erasures_contacts ON public.erasures USING gin (contact_ids);
CREATE INDEX erasures_of_workspace ON public.erasures USING btree (workspace_id, id);
CREATE UNIQUE INDEX event_mappings_parameter ON public.event_mappings USING btree (workspace_id, lower(parameter));
CREATE INDEX events_by_type ON ONLY public.events USING btree (event_type_id, occurred_at) INCLUDE (contact_id);
CREATE INDEX events_of_message ON ONLY public.events USING btree (event_type_id, "left"((params ->> 'message'::text), 20), occurred_at) WHERE (params ? 'delivery'::text);
CREATE INDEX field_conflicts_of_field ON public.field_conflicts USING btree (workspace_id, field, at);
CREATE INDEX field_values_numbers ON public.field_values USING btree (workspace_id, field, number, contact_id) WHERE (number IS NOT NULL);
CREATE INDEX field_values_texts ON public.field_values USING btree (workspace_id, field, value, contact_id);
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);
CREATE INDEX identifier_refusals_of_workspace ON public.identifier_refusals USING btree (workspace_id, reason, kind, last_at);
CREATE INDEX identifiers_by_contact ON public.identifiers USING btree (contact_id);
CREATE UNIQUE INDEX identifiers_exclusive ON public.identifiers USING btree (workspace_id, kind, value) WHERE (kind = ANY (ARRAY['external_id'::text, 'device_id'::text, 'push_token'::text, 'web_push'::text, 'anonymous_id'::text, 'chat_id'::text, 'contact'::text]));
CREATE INDEX import_results_of_session ON public.import_results USING btree (session_id, n);
CREATE INDEX import_sessions_age ON public.import_sessions USING btree (created_at);
CREATE INDEX jobs_of_workspace ON public.jobs USING btree (workspace_id, id);
CREATE INDEX jobs_unfinished ON public.jobs USING btree (id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX kept_sum_parts_of_type ON public.kept_sum_parts USING btree (event_type_id);
CREATE INDEX kept_sums_of_type ON public.kept_sums USING btree (event_type_id);
CREATE INDEX kept_times_of_type ON public.kept_times USING btree (event_type_id);
CREATE INDEX kept_types_of_workspace ON public.kept_types USING btree (workspace_id);
CREATE INDEX keys_of_workspace ON public.keys USING btree (workspace_id);
CREATE INDEX mailboxes_workspace ON public.mailboxes USING btree (workspace_id);
CREATE INDEX memberships_by_entry ON public.memberships USING btree (segment_id, entered_at, contact_id) WHERE member;
CREATE INDEX memberships_due ON public.memberships USING btree (slot, changes_at) WHERE (changes_at IS NOT NULL);
CREATE INDEX memberships_of_segment ON public.memberships USING btree (segment_id, contact_id) WHERE member;
CREATE INDEX memberships_of_slot ON public.memberships USING btree (segment_id, slot);
CREATE INDEX merges_by_drop ON public.merges USING btree (drop_id);
CREATE INDEX merges_newest ON public.merges USING btree (workspace_id, id);
CREATE INDEX message_blocks_block ON public.message_blocks USING btree (block_id);
CREATE INDEX message_categories_of_category ON public.message_categories USING btree (category_id);
CREATE INDEX message_secrets_name ON public.message_secrets USING btree (workspace_id, name);
CREATE INDEX not_started_by_workflow ON public.not_started USING btree (workflow_id, id);
CREATE INDEX order_owners_by_contact ON public.order_owners USING btree (contact_id);
CREATE INDEX promo_codes_free ON public.promo_codes USING btree (pool_id, bucket, expires_at, id) WHERE (state = 'free'::text);
CREATE INDEX promo_grants_of_code ON public.promo_grants USING btree (pool_id, code_id);
CREATE INDEX providers_of_channel ON public.providers USING btree (workspace_id, channel, "position");
CREATE INDEX recipient_pages_logo_hash ON public.recipient_pages USING btree (logo_hash) WHERE (logo_hash IS NOT NULL);
CREATE INDEX results_age ON public.results USING btree (at);
CREATE INDEX runs_active ON public.runs USING btree (contact_id, workflow_id) WHERE (ended_at IS NULL);
CREATE INDEX runs_by_workflow ON public.runs USING btree (workflow_id, id);
CREATE INDEX runs_due ON public.runs USING btree (slot, wake_at) WHERE (wake_at IS NOT NULL);
CREATE INDEX runs_failed ON public.runs USING btree (workflow_id, id) WHERE (state = 'failed'::text);
CREATE INDEX runs_paused ON public.runs USING btree (slot, workflow_id) WHERE (paused_wake_at IS NOT NULL);
CREATE INDEX sandbox_messages_newest ON public.sandbox_messages USING btree (workspace_id, delivery_id);
CREATE UNIQUE INDEX segment_versions_computing ON public.segment_versions USING btree (segment_id) WHERE (state = 'computing'::text);
CREATE INDEX segment_versions_of_workspace ON public.segment_versions USING btree (workspace_id, state);
CREATE UNIQUE INDEX segments_name ON public.segments USING btree (workspace_id, name_key) WHERE (archived_at IS NULL);
CREATE INDEX send_requests_by_age ON public.send_requests USING btree (created_at);
CREATE INDEX sender_domains_due ON public.sender_domains USING btree (check_at);
CREATE UNIQUE INDEX senders_default ON public.senders USING btree (workspace_id) WHERE is_default;
CREATE INDEX sends_by_message ON public.sends USING btree (message_id, id);
CREATE INDEX sends_counting ON public.sends USING btree (contact_id, counts_at) WHERE (counts_at IS NOT NULL);
CREATE INDEX sends_held ON public.sends USING btree (workspace_id, id) WHERE (decision = 'held'::text);
CREATE INDEX sends_newest ON public.sends USING btree (workspace_id, id);
CREATE INDEX sends_newest_of_campaign ON public.sends USING btree (campaign_id, id) WHERE (campaign_id IS NOT NULL);
CREATE INDEX sends_newest_of_workflow ON public.sends USING btree (workflow_id, id) WHERE (workflow_id IS NOT NULL);
CREATE INDEX sends_of_campaign ON public.sends USING btree (campaign_id, contact_id) WHERE (campaign_id IS NOT NULL);
CREATE INDEX sends_of_request ON public.sends USING btree (request_id) WHERE (request_id IS NOT NULL);
CREATE INDEX sends_waiting ON public.sends USING btree (slot, hold_until) WHERE ((decision = 'held'::text) AND (run_id IS NULL));
CREATE INDEX sessions_of_user ON public.sessions USING btree (user_id);
CREATE INDEX suppressions_address ON public.suppressions USING btree (workspace_id, address text_pattern_ops);
CREATE INDEX suppressions_newest ON public.suppressions USING btree (workspace_id, since);
CREATE INDEX suppressions_of_job ON public.suppressions USING btree (job_id, contact_id) WHERE (job_id IS NOT NULL);
CREATE INDEX tag_links_of_tag ON public.tag_links USING btree (tag_id, object_kind);
CREATE UNIQUE INDEX tags_name ON public.tags USING btree (workspace_id, lower(name));
CREATE INDEX test_launches_by_workflow ON public.test_launches USING btree (workflow_id, id);
CREATE INDEX test_launches_due ON public.test_launches USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX version_members_of_segment ON public.version_members USING btree (segment_id, version, slot);
CREATE INDEX webhook_attempts_by_age ON public.webhook_attempts USING btree (at);
CREATE INDEX webhook_attempts_newest ON public.webhook_attempts USING btree (webhook_id, id);
CREATE INDEX webhook_outbox_waiting ON public.webhook_outbox USING btree (webhook_id, id);
CREATE UNIQUE INDEX webhooks_of_alarm ON public.webhooks USING btree (alarm_id) WHERE (alarm_id IS NOT NULL);
CREATE INDEX webhooks_of_workspace ON public.webhooks USING btree (workspace_id) INCLUDE (id);
CREATE INDEX workflow_calls_by_age ON public.workflow_calls USING btree (created_at);
CREATE INDEX workflow_calls_due ON public.workflow_calls USING btree (origin, due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX workflow_calls_of_workflow ON public.workflow_calls USING btree (workflow_id, id);
CREATE INDEX workflow_secrets_of_workspace ON public.workflow_secrets USING btree (workspace_id) INCLUDE (id);

create table messages (
  id bigint generated always as identity constraint messages_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  key text not null,
  name text not null,
  channel text not null,
  default_language text not null,
  version integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  archived_at timestamptz(3),
  constraint messages_key unique (workspace_id, key)
);

-- Content by language; a version never changes, so what was sent can be rendered again.
create table message_versions (
  message_id bigint not null references messages (id) on delete cascade,
  version integer not null,
  content jsonb not null,
  -- Made of the content once, by language: HTML of MJML, text of HTML; Liquid still inside.
  compiled jsonb not null default '{}',
  created_at timestamptz(3) not null,
  created_by text,
  constraint message_versions_pkey primary key (message_id, version)
);

create table providers (
  id bigint generated always as identity constraint providers_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  channel text not null,
  kind text not null,
  name text not null,
  settings jsonb not null default '{}',
  -- Sealed with the installation's secret.
  secrets text,
  -- The enabled provider with the lowest position carries the channel.
  position integer not null default 0,
  enabled boolean not null default true,
  verified_at timestamptz(3),
  problem text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index providers_of_channel on providers (workspace_id, channel, position);

create sequence send_ids as bigint cache 1;
create sequence delivery_ids as bigint cache 1;

-- One decision to send one message to one contact, made or refused with its reasons.
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
  decision text not null constraint sends_decision check (decision in ('sent', 'held', 'refused')),
  -- Every gate asked, in order: [{gate, passed, details}].
  reasons jsonb not null,
  -- The furthest of its deliveries; null while none was made.
  status text,
  -- Facts that were written once: 1 MessageSent, 2 MessageDelivered, 4 MessageUndelivered.
  facts smallint not null default 0,
  -- What rendering needs of the moment of decision: event, run results, data.
  context jsonb,
  hold_until timestamptz(3),
  expires_at timestamptz(3),
  created_at timestamptz(3) not null,
  constraint sends_pkey primary key (contact_id, id)
) with (fillfactor = 80);
create index sends_by_message on sends (message_id, id);
create index sends_newest on sends (workspace_id, id);

-- One address of a send. The states: planned -> handed_over -> accepted | failed | uncertain, or cancelled | expired before.
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
  lane smallint not null constraint deliveries_lane check (lane in (0, 1)),  -- 0 transactional, 1 bulk
  state text not null constraint deliveries_state check (state in
    ('planned', 'handed_over', 'accepted', 'failed', 'uncertain', 'cancelled', 'expired')),
  status text not null constraint deliveries_status check (status in
    ('queued', 'sent', 'delivered', 'opened', 'clicked', 'undelivered', 'unsubscribed', 'complained', 'expired', 'cancelled', 'uncertain')),
  status_at timestamptz(3) not null,
  reason text,
  -- When it may next be handed over; null once it was, or never will be.
  due_at timestamptz(3),
  attempts integer not null default 0,
  claimed_by bigint,
  claimed_at timestamptz(3),
  provider_id bigint,
  provider_ref text,
  provider_answer text,
  expires_at timestamptz(3),
  -- Set when nobody knew whether the provider had it, and kept whatever became of it.
  uncertain_at timestamptz(3),
  created_at timestamptz(3) not null,
  constraint deliveries_pkey primary key (contact_id, id)
) with (fillfactor = 70);
create index deliveries_due on deliveries (slot, lane, due_at) where due_at is not null;
create index deliveries_newest on deliveries (workspace_id, id);
create index deliveries_in_flight on deliveries (claimed_by) where state = 'handed_over';
create index deliveries_uncertain on deliveries (workspace_id, id) where uncertain_at is not null;

-- The message as the sandbox provider received it: proof of exactly one hand-over, and the outbox's content.
create table sandbox_messages (
  contact_id bigint not null,
  delivery_id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  channel text not null,
  address text not null,
  content jsonb not null,
  raw bytea,
  received_at timestamptz(3) not null,
  constraint sandbox_messages_pkey primary key (contact_id, delivery_id)
);
create index sandbox_messages_newest on sandbox_messages (workspace_id, delivery_id);

-- What arrived and is not resolved yet: a row for each workspace and lane of a flush, holding n items.
-- Flushes are serialised by an advisory lock, so (lane, seq) is the order of commit and of arrival.
create table inbox (
  workspace_id bigint not null,
  lane smallint not null constraint inbox_lane check (lane in (0, 1)),  -- 0 interactive, 1 stream
  seq bigint generated always as identity,
  n integer not null,
  received_at timestamptz(3) not null,
  payload bytea not null,
  constraint inbox_pkey primary key (workspace_id, lane, seq)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
alter table inbox alter column payload set storage external;

-- One resolver at a time for each workspace. Everything that arrived by `mark` is in the slots' queues.
create table resolvers (
  workspace_id bigint not null constraint resolvers_pkey primary key,
  mark timestamptz(3) not null
) with (fillfactor = 50);

-- One worker at a time for each slot: slot = contact_id mod installation.slots.
create table slots (
  slot integer not null constraint slots_pkey primary key
);

create table slot_queue (
  slot integer not null,
  lane smallint not null constraint slot_queue_lane check (lane in (0, 1)),
  seq bigint generated always as identity,
  n integer not null,
  -- Arrival of the earliest item in it: timers due later must wait for the row.
  received_at timestamptz(3) not null,
  payload bytea not null,
  constraint slot_queue_pkey primary key (slot, lane, seq)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
alter table slot_queue alter column payload set storage external;

-- What became of an interactive item, until the call that waits for it has read it.
create table results (
  ticket text not null constraint results_pkey primary key,
  outcome jsonb not null,
  at timestamptz(3) not null
);
create index results_age on results (at);

-- Items that no retry could apply. Nothing accepted is lost: they wait here, with the reason.
create table dead_events (
  id bigint generated always as identity constraint dead_events_pkey primary key,
  workspace_id bigint not null,
  stage text not null constraint dead_events_stage check (stage in ('resolve', 'apply')),
  lane smallint not null,
  contact_id bigint,
  kind text not null,
  item text not null,
  reason text not null,
  detail text,
  received_at timestamptz(3) not null,
  failed_at timestamptz(3) not null
);
create index dead_events_of_workspace on dead_events (workspace_id, id);
create index dead_events_of_contact on dead_events (contact_id) where contact_id is not null;

-- Hashes of messageId for items without a time of their own, by day of arrival; dropped after 35 days.
create table seen_messages (
  hash bigint not null,
  day date not null,
  constraint seen_messages_pkey primary key (hash, day)
) partition by range (day);

-- Contact IDs are unique over all workspaces.
create sequence contact_ids as bigint cache 1;

-- Written by the resolver alone.
create table identifiers (
  workspace_id bigint not null,
  kind text not null,
  value text not null,
  contact_id bigint not null,
  source_contact_id bigint,
  set_at timestamptz(3) not null,
  -- Came along with an event: gives way to any value that was set on purpose.
  weak boolean not null default false,
  source text not null,
  constraint identifiers_pkey primary key (workspace_id, kind, value, contact_id)
) with (fillfactor = 80);
-- 'contact' leads from the ID of a contact that was merged away to its survivor.
create unique index identifiers_exclusive on identifiers (workspace_id, kind, value)
  where kind in ('external_id', 'device_id', 'push_token', 'web_push', 'anonymous_id', 'chat_id', 'contact');
create index identifiers_by_contact on identifiers (contact_id);

create table merges (
  keep_id bigint not null,
  drop_id bigint not null,
  workspace_id bigint not null,
  state text not null constraint merges_state check (state in ('decided', 'applied', 'undone')),
  reason text not null,
  decided_at timestamptz(3) not null,
  applied_at timestamptz(3),
  -- What the merge chose, field by field, so that it can be undone.
  journal jsonb not null default '{}',
  constraint merges_pkey primary key (keep_id, drop_id, decided_at)
);
create index merges_by_drop on merges (drop_id);

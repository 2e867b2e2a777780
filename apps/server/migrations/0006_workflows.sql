create table workflows (
  id bigint generated always as identity constraint workflows_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  key text not null,
  name text not null,
  state text not null constraint workflows_state check (state in ('draft', 'active', 'paused', 'archived')),
  draft jsonb not null,
  published_version integer,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  activated_at timestamptz(3),
  constraint workflows_key unique (workspace_id, key)
);

-- A published version never changes.
create table workflow_versions (
  workflow_id bigint not null references workflows (id) on delete cascade,
  version integer not null,
  definition jsonb not null,
  published_at timestamptz(3) not null,
  published_by text,
  constraint workflow_versions_pkey primary key (workflow_id, version)
);

create sequence run_ids as bigint cache 1;

-- One passage of one contact. wake_at is the instant of its next step; null: ended, or waits for a fact.
create table runs (
  contact_id bigint not null,
  id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  slot integer not null,
  workflow_id bigint not null,
  version integer not null,
  key text not null default '',
  state text not null constraint runs_state check (state in ('waiting', 'running', 'completed', 'stopped', 'failed')),
  reason text,
  block text,
  wake_at timestamptz(3),
  -- Its wake_at, put aside while its workflow is paused, so that it does not stand in the way of what is due.
  paused_wake_at timestamptz(3),
  -- Number of visits made: the step's number, and with the run and block the seed of splits.
  steps integer not null default 0,
  -- What started it: {kind, event, params, key, occurred_at, event_id}; never changes.
  context jsonb not null,
  -- By block: the result of its last visit.
  results jsonb not null default '{}',
  -- How many causes lead to it: a fact caused by a run caused by a fact ...
  depth smallint not null default 0,
  test boolean not null default false,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint runs_pkey primary key (contact_id, id),
  constraint runs_ended_without_wake check (ended_at is null or (wake_at is null and paused_wake_at is null))
) with (fillfactor = 70);
create index runs_due on runs (slot, wake_at) where wake_at is not null;
create index runs_by_workflow on runs (workflow_id, id);
-- Stops and starts ask for the active runs of a contact, however many it has behind it.
create index runs_active on runs (contact_id, workflow_id) where ended_at is null;
create index runs_paused on runs (slot, workflow_id) where paused_wake_at is not null;

create table run_steps (
  contact_id bigint not null,
  run_id bigint not null,
  n integer not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  block text not null,
  type text not null,
  at timestamptz(3) not null,
  exit text,
  decided_by jsonb,
  constraint run_steps_pkey primary key (contact_id, run_id, n, at)
) partition by range (at);

-- A start that was refused, and by which of the checks in their order.
create table not_started (
  contact_id bigint not null,
  id bigint generated always as identity,
  workspace_id bigint not null,
  source_contact_id bigint,
  workflow_id bigint not null,
  key text not null,
  reason text not null,
  details jsonb,
  at timestamptz(3) not null,
  constraint not_started_pkey primary key (contact_id, id)
);
create index not_started_by_workflow on not_started (workflow_id, id);

-- What happened on each block, by day and slot: workers own slots, so no two write one row.
create table workflow_counts (
  workflow_id bigint not null,
  day date not null,
  slot integer not null,
  version integer not null,
  block text not null,
  -- Of a block: entered, exit:NAME, and completed, stopped, failed when the run ended on it; of the
  -- workflow (block ''): started, not_started:REASON, and the ends of runs that left their last block.
  what text not null,
  n bigint not null,
  constraint workflow_counts_pkey primary key (workflow_id, day, slot, version, block, what)
) with (fillfactor = 60);

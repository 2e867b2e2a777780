-- Secrets of workflows' blocks, sealed; definitions hold their numbers. Never changed and never shown:
-- another secret is another row, so that versions and running contacts keep theirs.
create table workflow_secrets (
  id bigint generated always as identity constraint workflow_secrets_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  -- The scheme and host that it was given for: it goes to no other.
  origin text not null,
  sealed text not null,
  created_at timestamptz(3) not null
);

create index workflow_secrets_of_workspace on workflow_secrets (workspace_id) include (id);

create sequence workflow_call_ids as bigint cache 1;

-- Requests that runs make of other systems: written with the step, made after its commit, at least once.
create table workflow_calls (
  contact_id bigint not null,
  id bigint not null default nextval('workflow_call_ids'),
  workspace_id bigint not null,
  source_contact_id bigint,
  -- The visit that waits for the answer.
  run_id bigint not null,
  step integer not null,
  workflow_id bigint not null,
  version integer not null,
  block text not null,
  -- Scheme, host and port: what has its line for itself.
  origin text not null,
  request jsonb not null,
  state text not null default 'waiting'
    constraint workflow_calls_state check (state in ('waiting', 'answered', 'failed', 'cancelled')),
  -- Begun, each before it was made.
  tries integer not null default 0,
  -- When the next try may begin; one that is under way has an instant behind its longest time, and one that ended none.
  due_at timestamptz(3),
  -- Of the last try.
  status integer,
  problem text,
  answer jsonb,
  took_ms integer,
  created_at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint workflow_calls_pkey primary key (contact_id, id)
);
create index workflow_calls_due on workflow_calls (origin, due_at) where due_at is not null;
create index workflow_calls_of_workflow on workflow_calls (workflow_id, id);
create index workflow_calls_by_age on workflow_calls (created_at);

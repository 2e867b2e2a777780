-- Passages of one contact that somebody tries out. They are no runs: nothing that counts, lists or
-- asks about runs sees them, and they write nothing but their own row and test sends.
create table test_launches (
  contact_id bigint not null,
  id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  workflow_id bigint not null,
  -- Null: the draft of that moment.
  version integer,
  definition jsonb not null,
  options jsonb not null,
  pace text not null,
  key text not null,
  state text not null,
  reason text,
  block text not null,
  -- What it waits for by its own clock, which timers that are passed over put ahead.
  wake_at timestamptz(3),
  ahead_ms bigint not null default 0,
  -- When the program looks at it by itself.
  due_at timestamptz(3),
  context jsonb not null,
  refused jsonb,
  results jsonb not null default '{}',
  -- Fields as it would have set them: its later blocks see them so.
  fields jsonb not null default '{}',
  steps jsonb not null default '[]',
  started_by text not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint test_launches_pkey primary key (contact_id, id),
  constraint test_launches_pace check (pace in ('step', 'end')),
  constraint test_launches_state check (state in ('waiting', 'running', 'completed', 'stopped', 'failed'))
);
create index test_launches_by_workflow on test_launches (workflow_id, id);
create index test_launches_due on test_launches (due_at) where due_at is not null;

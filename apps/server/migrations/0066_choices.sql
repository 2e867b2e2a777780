-- What a block `one_from_many` learns by: one row for each message that it chose and sent.
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
  -- Of the learning that it belongs to: a reset begins the next.
  epoch integer not null,
  message_id bigint not null,
  -- With which it was chosen, and among how many.
  probability double precision not null,
  available integer not null,
  chosen_at timestamptz(3) not null,
  -- When its window closes, or is looked at again; null: it is settled.
  due_at timestamptz(3),
  -- `machine`: only a machine reached the goal. `void`: it never arrived.
  outcome text,
  settled_at timestamptz(3),
  constraint choices_pkey primary key (contact_id, send_id),
  constraint choices_outcome check (outcome in ('succeeded', 'failed', 'machine', 'void')),
  constraint choices_settled check ((due_at is null) = (outcome is not null))
) with (fillfactor = 80);
create index choices_due on choices (slot, due_at) where due_at is not null;

-- All that is known of a variant, by slot, so that two slots never wait for one row: the step adds
-- up what it reads.
create table choice_counts (
  workflow_id bigint not null references workflows (id) on delete cascade,
  block text not null,
  epoch integer not null,
  message_id bigint not null,
  slot integer not null,
  chosen bigint not null default 0,
  settled bigint not null default 0,
  succeeded bigint not null default 0,
  -- With what only machines did.
  succeeded_machines bigint not null default 0,
  -- Never left, or came back: nothing was learnt.
  void bigint not null default 0,
  -- Sums by which the block is compared with an even choice.
  lift double precision not null default 0,
  lift_squares double precision not null default 0,
  constraint choice_counts_pkey primary key (workflow_id, block, epoch, message_id, slot)
) with (fillfactor = 50);

-- How choices were shared, day by day (UTC).
create table choice_days (
  workflow_id bigint not null references workflows (id) on delete cascade,
  block text not null,
  day date not null,
  message_id bigint not null,
  slot integer not null,
  chosen bigint not null,
  constraint choice_days_pkey primary key (workflow_id, block, day, message_id, slot)
) with (fillfactor = 50);

-- What people decided about a block's variants. A block of which nobody did has no row.
create table choice_blocks (
  workflow_id bigint not null references workflows (id) on delete cascade,
  block text not null,
  -- What is chosen now belongs to this one.
  epoch integer not null default 1,
  -- What is learnt from.
  epochs integer[] not null default '{1}',
  -- Those before the last reset, until it is undone or another follows.
  epochs_before integer[],
  reset_at timestamptz(3),
  reset_by text,
  -- Messages that are not chosen.
  paused bigint[] not null default '{}',
  constraint choice_blocks_pkey primary key (workflow_id, block)
);

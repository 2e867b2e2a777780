-- Events that start a workflow for everybody who is in a segment by their values. A row waits from the
-- transaction that stored the event until, in one transaction, the starts stand in the slots' queues
-- and the row is gone: nothing is lost and nothing doubled, whenever the program is killed. What is
-- needed to ask is in the row; it is as short-lived as an item of the inbox.
create table waiting_starts (
  id bigint generated always as identity primary key,
  workspace_id bigint not null,
  workflow_id bigint not null,
  version integer not null,
  event_id bigint not null,
  -- Whose event it is; 0 is nobody's.
  contact_id bigint not null,
  rule jsonb not null,
  context jsonb not null,
  key text not null,
  depth smallint not null,
  received_at timestamptz(3) not null,
  attempts smallint not null default 0,
  due_at timestamptz(3) not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Who was a member when a workflow that starts its members was activated, until the job has handed
-- all of them over: in arrays, because they are written once and read once.
create table starting_members (
  job_id bigint not null,
  n integer not null,
  contact_ids bigint[] not null,
  constraint starting_members_pkey primary key (job_id, n)
);

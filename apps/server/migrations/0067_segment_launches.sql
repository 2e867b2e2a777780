-- A run wants a message to go to everybody in a segment. The row is written with the step and lives for an instant:
-- it goes in the transaction that makes the campaign, or refuses it, and tells the run.
create table segment_launches (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  workflow_id bigint not null references workflows (id) on delete cascade,
  block text not null,
  -- The visit that waits.
  contact_id bigint not null,
  run_id bigint not null,
  step integer not null,
  message_id bigint not null,
  segment_id bigint not null,
  terms jsonb not null,
  -- What the message is rendered with: `event`, `run` and `data`.
  context jsonb not null,
  most_per_hour integer not null,
  asked_at timestamptz(3) not null
);

-- The run that launched a campaign, if one did, and what its messages are rendered with until it ends.
alter table campaigns
  add column origin_workflow bigint,
  add column origin_block text,
  add column origin_run bigint,
  add column context jsonb,
  add constraint campaigns_origin check ((origin_workflow is null) = (origin_block is null));
-- How often a block launched one lately.
create index campaigns_of_block on campaigns (origin_workflow, origin_block, created_at)
  where origin_workflow is not null;

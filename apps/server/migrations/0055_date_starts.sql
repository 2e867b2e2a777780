-- When a date of a contact starts a workflow next: a row for each contact and workflow, moved as the
-- date moves, so that nothing ever looks through all contacts for whose day has come.
create table date_starts (
  contact_id bigint not null,
  workflow_id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  slot integer not null,
  due_at timestamptz(3) not null,
  constraint date_starts_pkey primary key (contact_id, workflow_id)
) with (fillfactor = 80);
create index date_starts_due on date_starts (slot, due_at);

-- How far the contacts of a workspace have been looked through for the dates that they have already,
-- once for each activation and version of a workflow that starts by a date.
create table date_plans (
  workflow_id bigint constraint date_plans_pkey primary key,
  workspace_id bigint not null,
  version integer not null,
  activated_at timestamptz(3) not null,
  after_contact bigint not null default 0,
  finished boolean not null default false
);

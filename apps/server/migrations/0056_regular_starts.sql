-- Until when a workflow that starts at regular times has done so, and when it is time again.
create table regular_starts (
  workflow_id bigint constraint regular_starts_pkey primary key,
  workspace_id bigint not null,
  version integer not null,
  activated_at timestamptz(3) not null,
  done_until timestamptz(3) not null,
  -- Null: never again.
  due_at timestamptz(3)
);

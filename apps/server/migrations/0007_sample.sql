-- How far the sample workspace is made: a program that was killed meanwhile goes on from here.
create table samples (
  workspace_id bigint not null constraint samples_pkey primary key references workspaces (id) on delete cascade,
  -- Nothing in its history is later.
  until timestamptz(3) not null,
  -- All of its history up to here is in the inbox.
  reached_at timestamptz(3) not null,
  finished_at timestamptz(3)
);

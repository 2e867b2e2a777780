-- Long work. It is done in slices, each in one transaction with its cursor, so that a kill repeats nothing.
create table jobs (
  id bigint generated always as identity constraint jobs_pkey primary key,
  workspace_id bigint not null,
  kind text not null,
  -- What is to be done, as its kind understands it.
  input jsonb not null,
  state text not null constraint jobs_state check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  -- Where the next slice begins; null before the first.
  cursor jsonb,
  slices integer not null default 0,
  total bigint,
  done bigint not null default 0,
  failed bigint not null default 0,
  result jsonb,
  -- Why it stopped, or what the last try ran into.
  reason text,
  -- Tries of the present slice that broke.
  attempts integer not null default 0,
  cancel_asked boolean not null default false,
  -- Time at work, without pauses and restarts: what the rate is reckoned from.
  worked_ms bigint not null default 0,
  actor_kind text not null,
  actor_id bigint,
  actor_name text not null,
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  -- The last slice.
  moved_at timestamptz(3),
  ended_at timestamptz(3)
) with (fillfactor = 50);
create index jobs_of_workspace on jobs (workspace_id, id);
create index jobs_unfinished on jobs (id) where state in ('queued', 'running');

-- What could not be done, in the order in which it was found; the first ten thousand of a job.
create table job_errors (
  job_id bigint not null,
  n integer not null,
  contact_id bigint,
  subject text,
  message text not null,
  constraint job_errors_pkey primary key (job_id, n)
);

-- Contacts that a slice changed, so that it can be undone. Kept for three days.
create table job_changes (
  job_id bigint not null,
  slice integer not null,
  contact_ids bigint[] not null,
  constraint job_changes_pkey primary key (job_id, slice)
);

-- A file that a job writes, slice by slice, each gzipped by itself. Kept for three days.
create table job_files (
  job_id bigint not null,
  slice integer not null,
  rows integer not null,
  bytes integer not null,
  content bytea not null,
  constraint job_files_pkey primary key (job_id, slice)
);
alter table job_files alter column content set storage external;

-- A list of contacts as somebody arranged it: filters, order and columns under a name.
create table contact_views (
  id bigint generated always as identity constraint contact_views_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  -- Null: made with a key, and shared.
  user_id bigint,
  name text not null constraint contact_views_name_length check (length(name) between 1 and 80),
  shared boolean not null,
  arrangement jsonb not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index contact_views_of_workspace on contact_views (workspace_id);

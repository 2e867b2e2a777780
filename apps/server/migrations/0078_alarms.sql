-- Numbers that somebody watches: too few or too many of something in an hour or a day.
create table alarms (
  id bigint generated always as identity constraint alarms_pkey primary key,
  workspace_id bigint not null constraint alarms_workspace_id_fkey references workspaces on delete cascade,
  name text not null,
  level text not null,
  rule jsonb not null,
  -- Whose event it is when it is raised; null: nobody's.
  contact_id bigint,
  enabled boolean not null default true,
  -- What happened before is unknown, and is no part of what is usual.
  known_since timestamptz(3) not null,
  judged_until timestamptz(3) not null,
  -- When it is looked at next.
  due_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint alarms_level check (level in ('warning', 'alarm'))
);
create index alarms_of_workspace on alarms (workspace_id, id);

-- From the number that raised an alarm to the first that was well again.
create table alarm_episodes (
  id bigint generated always as identity constraint alarm_episodes_pkey primary key,
  alarm_id bigint not null constraint alarm_episodes_alarm_id_fkey references alarms on delete cascade,
  from_at timestamptz(3) not null,
  raised_at timestamptz(3) not null,
  ended_at timestamptz(3),
  value bigint not null,
  bound double precision not null,
  expected double precision
);
create index alarm_episodes_of_alarm on alarm_episodes (alarm_id, id);
create unique index alarm_episodes_open on alarm_episodes (alarm_id) where ended_at is null;

-- When the program last looked, and the times in which it did not run: too little then is no news.
create table alarm_watch (
  single boolean constraint alarm_watch_pkey primary key default true,
  looked_at timestamptz(3) not null,
  constraint alarm_watch_single check (single)
);
create table alarm_gaps (
  from_at timestamptz(3) constraint alarm_gaps_pkey primary key,
  to_at timestamptz(3) not null
);

-- How many events of a type were not as it expects, by day of the workspace's zone: refused at a door,
-- or stored with their errors. Made of what types expect and of JSON types: no value that was sent.
create table event_type_errors (
  event_type_id bigint not null references event_types (id) on delete cascade,
  day date not null,
  door text not null constraint event_type_errors_door
    check (door in ('tracking', 'rest', 'management', 'stored')),
  -- The app whose key was used; empty: none.
  app text not null,
  -- 'event' counts each once, the others each thing that was wrong with it.
  reason text not null constraint event_type_errors_reason
    check (reason in ('event', 'missing', 'wrong_type', 'inactive')),
  -- The parameter, and what was expected and what came in its place; empty: not of one.
  path text not null,
  expected text not null,
  got text not null,
  n bigint not null,
  last_at timestamptz(3) not null,
  constraint event_type_errors_pkey primary key (event_type_id, day, door, app, reason, path, expected, got)
) with (fillfactor = 70);

-- How many contacts were refused more identifiers than they may have.
create index identifier_refusals_of_workspace on identifier_refusals (workspace_id, reason, kind, last_at);

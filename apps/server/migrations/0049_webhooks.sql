-- Where other systems want to be told of what happens.
create table webhooks (
  id bigint generated always as identity constraint webhooks_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  name text not null,
  url text not null,
  format text not null constraint webhooks_format check (format in ('standard', 'reteno')),
  kinds text[] not null,
  filters jsonb not null default '{}',
  -- Sealed: {"signing": [{"secret", "until"}], "basic_auth"}.
  secrets text not null,
  state text not null constraint webhooks_state check (state in ('active', 'paused', 'failing')),
  -- Requests in a row that were not taken, since when, and why the last was not.
  failures integer not null default 0,
  failing_since timestamptz(3),
  problem text,
  next_at timestamptz(3),
  -- The process that delivers now, and until when nobody else does.
  leased_by bigint,
  leased_until timestamptz(3),
  -- Facts that waited too long.
  dropped bigint not null default 0,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index webhooks_of_workspace on webhooks (workspace_id) include (id);

create sequence webhook_outbox_ids as bigint cache 1;

-- Facts that a webhook has not been told of: where they are, never what they say. Written in the
-- transaction that stores the fact, under its contact's slot, so that the IDs of a contact's rows are in
-- the order of its facts.
create table webhook_outbox (
  contact_id bigint not null,
  id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  webhook_id bigint not null,
  event_type_id bigint not null,
  occurred_at timestamptz(3) not null,
  event_id bigint not null,
  created_at timestamptz(3) not null,
  constraint webhook_outbox_pkey primary key (contact_id, id)
);
create index webhook_outbox_waiting on webhook_outbox (webhook_id, id);

-- Requests that were made, newest kept: who was told of what is in `facts`, not what was said.
create table webhook_attempts (
  id bigint generated always as identity constraint webhook_attempts_pkey primary key,
  webhook_id bigint not null references webhooks (id) on delete cascade,
  workspace_id bigint not null,
  at timestamptz(3) not null,
  took_ms integer not null,
  delivered boolean not null,
  status integer,
  problem text,
  answer text,
  kind text,
  try integer not null,
  -- [[outbox ID, contact, type, instant, event]]
  facts jsonb not null,
  test boolean not null default false
);
create index webhook_attempts_newest on webhook_attempts (webhook_id, id);
create index webhook_attempts_by_age on webhook_attempts (at);

-- How it went, by hour.
create table webhook_hours (
  webhook_id bigint not null references webhooks (id) on delete cascade,
  hour timestamptz(3) not null,
  delivered bigint not null,
  failed bigint not null,
  constraint webhook_hours_pkey primary key (webhook_id, hour)
);

-- One message to the members of segments: now, later, in each contact's zone, in batches. A recurring
-- one makes a campaign of its own for each occurrence (`series_id`), with its own audience.
create table campaigns (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  key text not null,
  name text not null,
  state text not null,
  message_id bigint,
  -- What is sent, from the start on, whatever becomes of the message.
  message_version integer,
  include bigint[] not null default '{}',
  exclude bigint[] not null default '{}',
  -- An earlier campaign, and whom of those who got it this one is for.
  follows jsonb,
  schedule jsonb not null,
  pace jsonb,
  -- Percent of the audience that gets nothing, to compare with.
  hold_out integer not null default 0,
  series_id bigint references campaigns (id) on delete cascade,
  -- When it starts by itself; of a recurring one, the next occurrence.
  starts_at timestamptz(3),
  started_at timestamptz(3),
  -- When its whole audience was noted.
  read_at timestamptz(3),
  -- From here the pace is counted, with so many handed over before: it stands still while paused.
  pace_from timestamptz(3),
  pace_handed bigint not null default 0,
  -- The next slot whose planned deliveries follow what was decided of the campaign; null: none has to.
  sweep integer,
  -- Why it could not start by itself.
  reason text,
  ended_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint campaigns_key unique (workspace_id, key),
  constraint campaigns_state check (state in ('draft', 'scheduled', 'running', 'paused', 'finished', 'cancelled')),
  constraint campaigns_hold_out check (hold_out between 0 and 50)
);
-- What the driver looks at; all others are at rest.
create index campaigns_moving on campaigns (state, starts_at)
  where state in ('scheduled', 'running') or sweep is not null;

-- The audience of a campaign as one snapshot had it, in arrays, because they are written once and
-- read once. The contacts go as the slice is handed to the slots' queues; its size stays.
create table campaign_slices (
  campaign_id bigint not null references campaigns (id) on delete cascade,
  n integer not null,
  -- Not before; null: as soon as the pace allows.
  due_at timestamptz(3),
  hold_out boolean not null default false,
  size integer not null,
  contact_ids bigint[],
  handed_at timestamptz(3),
  constraint campaign_slices_pkey primary key (campaign_id, n)
);
create index campaign_slices_waiting on campaign_slices (campaign_id, due_at, n) where handed_at is null;

-- How many contacts were decided about, by slot, so that two slots never wait for one row.
create table campaign_counts (
  campaign_id bigint not null references campaigns (id) on delete cascade,
  slot integer not null,
  decided bigint not null,
  constraint campaign_counts_pkey primary key (campaign_id, slot)
) with (fillfactor = 50);

-- Whether deliveries of a campaign may leave, asked at every claim.
create table campaign_flows (
  campaign_id bigint primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  flow text not null,
  constraint campaign_flows_flow check (flow in ('open', 'paused', 'cancelled'))
);

-- Balances, reports, and whether a contact has its send already.
create index sends_of_campaign on sends (campaign_id, contact_id) where campaign_id is not null;

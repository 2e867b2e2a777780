-- How often a contact may be written to. A gap is a cap of one in a rolling window.
create table frequency_rules (
  id bigint generated always as identity constraint frequency_rules_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  key text not null,
  kind text not null constraint frequency_rules_kind check (kind in ('cap', 'gap')),
  most integer not null constraint frequency_rules_most check (most >= 1),
  -- {"type": "rolling", "n", "unit"} or {"type": "calendar", "unit", "zone"}
  time_window jsonb not null,
  -- What the rule is about; empty: everything. A tag that was deleted stays, and matches nothing.
  channels text[] not null default '{}',
  tag_ids bigint[] not null default '{}',
  category_ids bigint[] not null default '{}',
  each_channel boolean not null default false,
  counts text not null constraint frequency_rules_counts check (counts in ('marketing', 'all')),
  when_reached text not null constraint frequency_rules_when_reached check (when_reached in ('refuse', 'wait')),
  enabled boolean not null default true,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint frequency_rules_key unique (workspace_id, key)
);

-- How a message leaves, where it says so itself: {"priority", "send_hours", "ttl", "addresses"}.
alter table messages add column sending jsonb not null default '{}';

alter table sends
  -- That of the contact, so that the owner of the slot finds what waits.
  add column slot integer,
  -- Why it is refused or waits, in a word.
  add column reason text,
  add column priority smallint not null default 2 constraint sends_priority check (priority in (1, 2, 3)),
  -- When it takes its place among the messages of its contact: it was decided then, or waits until
  -- then. Null for what is refused, and for tests.
  add column counts_at timestamptz(3),
  -- What the request asked of the gates, beside what its message says.
  add column terms jsonb;

update sends set counts_at = created_at where decision = 'sent' and not test;
-- The word was not kept; the gate was.
update sends set reason = jsonb_path_query_first(reasons, '$[*] ? (@.passed == false).gate') #>> '{}'
 where decision = 'refused';

-- What counts for a contact, by time.
create index sends_counting on sends (contact_id, counts_at) where counts_at is not null;
create index sends_waiting on sends (slot, hold_until) where decision = 'held' and run_id is null;

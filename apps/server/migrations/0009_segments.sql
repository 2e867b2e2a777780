-- Sets of contacts: lists, edited by people, imports, workflows and the API; dynamic segments follow
-- a rule by themselves.
create table segments (
  id bigint generated always as identity constraint segments_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  key text not null,
  name text not null,
  -- The name as names are compared, without regard to case.
  name_key text not null,
  kind text not null constraint segments_kind check (kind in ('list', 'dynamic')),
  purpose text not null default '',
  source text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  archived_at timestamptz(3),
  constraint segments_key unique (workspace_id, key)
);
-- What is archived gives its name away.
create unique index segments_name on segments (workspace_id, name_key) where archived_at is null;

create table memberships (
  contact_id bigint not null,
  segment_id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  -- False: the contact is deleted, and is a member again when it comes back.
  member boolean not null,
  entered_at timestamptz(3) not null,
  -- The earliest instant at which time alone may change it; of a list never.
  changes_at timestamptz(3),
  constraint memberships_pkey primary key (contact_id, segment_id)
) with (fillfactor = 80);
-- Members in the order of their creation, as contacts are listed, and in that of their entry.
create index memberships_of_segment on memberships (segment_id, contact_id) where member;
create index memberships_by_entry on memberships (segment_id, entered_at, contact_id) where member;

-- How many members a segment has, by slot: workers own slots, so no two write one row.
create table segment_sizes (
  segment_id bigint not null,
  slot integer not null,
  workspace_id bigint not null,
  members bigint not null,
  changed_at timestamptz(3) not null,
  constraint segment_sizes_pkey primary key (segment_id, slot)
) with (fillfactor = 50);

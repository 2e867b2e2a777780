-- A dynamic segment is a rule in versions. The members of its last finished version are kept; each
-- row carries the earliest instant at which time alone may begin or end it, and its contact's slot,
-- by which workers find what is due.
alter table segments add column version integer not null default 0;

create table segment_versions (
  segment_id bigint not null references segments (id) on delete cascade,
  version integer not null,
  workspace_id bigint not null,
  definition jsonb not null,
  state text not null,
  job_id bigint,
  created_at timestamptz(3) not null,
  computed_at timestamptz(3),
  took_ms bigint,
  constraint segment_versions_pkey primary key (segment_id, version),
  constraint segment_versions_state check (state in ('computing', 'ready', 'cancelled', 'failed', 'replaced'))
);
create unique index segment_versions_computing on segment_versions (segment_id) where state = 'computing';
create index segment_versions_of_workspace on segment_versions (workspace_id, state);

alter table memberships add column slot integer;
update memberships set slot = contact_id % (select count(*) from slots);
alter table memberships alter column slot set not null;
create index memberships_due on memberships (slot, changes_at) where changes_at is not null;

-- What live evaluation knows already of a version whose computation has not ended.
create table version_members (
  contact_id bigint not null,
  segment_id bigint not null,
  version integer not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  slot integer not null,
  member boolean not null,
  entered_at timestamptz(3) not null,
  changes_at timestamptz(3),
  constraint version_members_pkey primary key (contact_id, segment_id, version)
) with (fillfactor = 80);
create index version_members_of_segment on version_members (segment_id, version, slot);

-- How far a version's swap is: slots below this number hold its members, the others still those of
-- the version before. Null until it begins.
alter table segment_versions add column swapped integer;

-- What one snapshot answered for a version, until its slot is swapped: for each slot the contacts who
-- are members or whom time alone may let in. Arrays, because they are written once and read once.
create table version_answers (
  segment_id bigint not null,
  version integer not null,
  slot integer not null,
  contact_ids bigint[] not null,
  members boolean[] not null,
  changes_at timestamptz(3)[] not null,
  constraint version_answers_pkey primary key (segment_id, version, slot)
);

-- Entries and exits by day of UTC. Workers own slots, so no row has two writers; days that are over
-- are put together under slot -1. A size of the past is the present one without what came since.
create table segment_days (
  segment_id bigint not null,
  day date not null,
  slot integer not null,
  workspace_id bigint not null,
  entered bigint not null,
  exited bigint not null,
  constraint segment_days_pkey primary key (segment_id, day, slot)
);

-- Why a version was computed: its entries and exits bear it.
alter table segment_versions add column cause text not null default 'definition';

-- A swap reads the rows of one segment and slot.
create index memberships_of_slot on memberships (segment_id, slot);

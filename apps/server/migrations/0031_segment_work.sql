-- Entries and exits of a contact are counted when its card is opened. A computation lets a quarter of a
-- million contacts in at once: changing the row of each for this cost as much as the memberships did.
alter table contacts drop column segment_count;

-- The contacts that long work goes through, as one snapshot found them: in pieces, each of which is
-- the work of one slice.
create table job_contacts (
  job_id bigint not null,
  piece integer not null,
  contact_ids bigint[] not null,
  constraint job_contacts_pkey primary key (job_id, piece)
);
insert into job_contacts (job_id, piece, contact_ids)
select job_id, n, contact_ids from starting_members;
drop table starting_members;

-- How many answers wait in a slot, so that a swap takes as many slots at once as are quickly done.
alter table version_answers add column n integer not null default 0;
alter table version_answers alter column n drop default;

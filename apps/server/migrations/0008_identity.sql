-- A former external ID: nobody else can have it, and it still finds the contact.
alter table identifiers add column retired boolean not null default false;

-- Merges have an ID to be undone by, and one pair may be merged again afterwards.
create sequence merge_ids as bigint cache 1;
alter table merges add column id bigint;
update merges set id = nextval('merge_ids');
alter table merges alter column id set not null;
alter table merges drop constraint merges_pkey;
alter table merges add constraint merges_pkey primary key (keep_id, id);
create index merges_newest on merges (workspace_id, id);
-- The identifier that led from one contact to the other, and the item's source.
alter table merges add column why jsonb not null default '{}';
-- What the resolver chose among the two contacts' identifiers; `journal` is what apply did.
alter table merges add column identifiers jsonb not null default '{}';
-- Who asked for it; null: an item and its identifiers.
alter table merges add column decided_by text;
alter table merges add column undone_at timestamptz(3);
alter table merges add column undone_by text;

-- Identifiers and merges that a contact was refused: a row for each kind and reason, however often.
create table identifier_refusals (
  contact_id bigint not null,
  kind text not null,
  reason text not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  n bigint not null,
  last_value text not null,
  first_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  constraint identifier_refusals_pkey primary key (contact_id, kind, reason)
) with (fillfactor = 70);

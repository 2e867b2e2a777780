-- People of whom nothing is kept: asked for, done, and what that removed. Contact IDs are never used again.
create table erasures (
  id bigint generated always as identity constraint erasures_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  -- The contact, and those that were merged into it.
  contact_ids bigint[] not null,
  requested_by text not null,
  requested_at timestamptz(3) not null,
  erased_at timestamptz(3),
  -- Rows removed, by table.
  removed jsonb not null default '{}'
);
create index erasures_of_workspace on erasures (workspace_id, id);
create index erasures_contacts on erasures using gin (contact_ids);

-- Makes keyed hashes of addresses that belonged to erased people and must still not be written to.
alter table workspaces add column address_key bytea not null
  default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');

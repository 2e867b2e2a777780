-- Description for people; what values must keep to; labels and colours of choices by value.
alter table fields
  add column description text not null default '',
  add column rules jsonb not null default '{}',
  add column choice_looks jsonb not null default '{}';

-- Groups of custom fields in their order; a field names its group.
create table field_groups (
  id bigint generated always as identity constraint field_groups_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  name text not null,
  position integer not null default 0,
  constraint field_groups_name unique (workspace_id, name)
);
insert into field_groups (workspace_id, name, position)
select workspace_id, group_name, row_number() over (partition by workspace_id order by min(position), group_name) - 1
  from fields
 where group_name is not null
 group by workspace_id, group_name;

-- The newest conflicts of a field.
drop index field_conflicts_of_field;
create index field_conflicts_of_field on field_conflicts (workspace_id, field, at);

-- How much activity of each kind a contact has, moved with its facts. Null: not known, to be counted.
-- They stand in this row because a fact moves last_seen_at there anyway.
alter table contacts
  add column event_count bigint,
  add column order_count bigint,
  add column form_count bigint,
  add column segment_count bigint,
  add column field_count bigint;
alter table contacts
  alter column event_count set default 0,
  alter column order_count set default 0,
  alter column form_count set default 0,
  alter column segment_count set default 0,
  alter column field_count set default 0;

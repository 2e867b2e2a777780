-- Topics that contacts opt in to or out of.
create table categories (
  id bigint generated always as identity constraint categories_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  key text not null,
  name text not null,
  description text not null default '',
  -- Whether contacts that never chose are in. Fixed: nobody's consent changes by a setting.
  default_subscribed boolean not null,
  position integer not null default 0,
  created_at timestamptz(3) not null,
  archived_at timestamptz(3),
  constraint categories_key unique (workspace_id, key)
);

-- What a contact said about a category; without a row the category's default holds.
create table category_choices (
  contact_id bigint not null,
  category_id bigint not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  subscribed boolean not null,
  decided_at timestamptz(3) not null,
  source text not null,
  consent_text text,
  constraint category_choices_pkey primary key (contact_id, category_id)
) with (fillfactor = 75);
-- For counting; with the answer in it, so that the table is not read.
create index category_choices_of_category on category_choices (category_id, subscribed, contact_id);

-- A message with categories goes to those who are in one of them.
create table message_categories (
  message_id bigint not null references messages (id) on delete cascade,
  category_id bigint not null references categories (id) on delete cascade,
  constraint message_categories_pkey primary key (message_id, category_id)
);
create index message_categories_of_category on message_categories (category_id);

-- Of `blocked`: how often the address refused in a row. A delivery forgets it.
alter table suppressions add column strikes smallint not null default 0;
create index suppressions_address on suppressions (workspace_id, address text_pattern_ops);

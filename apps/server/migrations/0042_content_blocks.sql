-- Parts that messages share: a footer, a signature. A message names one in its text, {% include 'footer' %}.
create table content_blocks (
  id bigint generated always as identity constraint content_blocks_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  key text not null,
  name text not null,
  default_language text not null,
  version integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint content_blocks_key unique (workspace_id, key)
);

create table content_block_versions (
  block_id bigint not null references content_blocks (id) on delete cascade,
  version integer not null,
  -- By language: any of mjml, html, text.
  content jsonb not null,
  created_at timestamptz(3) not null,
  created_by text,
  constraint content_block_versions_pkey primary key (block_id, version)
);

-- Which blocks the current version of a block includes itself.
create table content_block_links (
  block_id bigint not null references content_blocks (id) on delete cascade,
  child_id bigint not null references content_blocks (id),
  constraint content_block_links_pkey primary key (block_id, child_id)
);
create index content_block_links_child on content_block_links (child_id);

-- Which blocks the current version of a message was made with, also those within others.
create table message_blocks (
  message_id bigint not null references messages (id) on delete cascade,
  block_id bigint not null references content_blocks (id),
  block_version integer not null,
  constraint message_blocks_pkey primary key (message_id, block_id)
);
create index message_blocks_block on message_blocks (block_id);

alter table message_versions
  -- Versions of shared blocks that it was made with, by their keys.
  add column blocks jsonb not null default '{}';

-- Tags that were deleted or merged away, as long as that can be undone.
create table removed_tags (
  id bigint not null,
  workspace_id bigint not null,
  name text not null,
  created_at timestamptz(3) not null,
  removed_at timestamptz(3) not null,
  -- The tag that it went into.
  merged_into bigint,
  constraint removed_tags_pkey primary key (id),
  constraint removed_tags_workspace_id_fkey foreign key (workspace_id) references workspaces (id) on delete cascade
);

create table removed_tag_links (
  tag_id bigint not null,
  object_kind text not null,
  object_id bigint not null,
  -- The object did not have the tag that this one went into: undoing takes it off again.
  passed_on boolean not null,
  constraint removed_tag_links_pkey primary key (tag_id, object_kind, object_id),
  constraint removed_tag_links_tag_id_fkey foreign key (tag_id) references removed_tags (id) on delete cascade
);

-- What has a tag: its figures, its merging, its removal.
create index tag_links_of_tag on tag_links (tag_id, object_kind);

-- A draft that is rendered for an audience before it is saved; what is saved is found by its version.
create table rendering_drafts (
  job_id bigint not null references jobs (id) on delete cascade,
  default_language text not null,
  -- By language, as in message_versions.
  content jsonb not null,
  compiled jsonb not null,
  constraint rendering_drafts_pkey primary key (job_id)
);

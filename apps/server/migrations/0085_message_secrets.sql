-- Which secrets the current version of a message fetches with, by name: the secret may not be there.
create table message_secrets (
  message_id bigint not null constraint message_secrets_message_id_fkey references messages on delete cascade,
  name text not null,
  workspace_id bigint not null,
  constraint message_secrets_pkey primary key (message_id, name)
);
create index message_secrets_name on message_secrets (workspace_id, name);

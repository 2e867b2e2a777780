-- Which secrets the current version of a message fetches with, by name: the secret may not be there.
create table message_secrets (
  message_id bigint not null constraint message_secrets_message_id_fkey references messages on delete cascade,
  name text not null,
  workspace_id bigint not null,
  constraint message_secrets_pkey primary key (message_id, name)
);
create index message_secrets_name on message_secrets (workspace_id, name);

-- Of messages that were saved before, as far as their own texts name them.
insert into message_secrets (message_id, name, workspace_id)
select distinct m.id, named.found[1], m.workspace_id
  from messages m
  join message_versions v on v.message_id = m.id and v.version = m.version
 cross join lateral regexp_matches(v.content::text, '\{%-?\s*fetch\M[^%]*\msecret:\s*\\?["'']([a-z0-9_-]+)', 'g') as named (found);

-- Headers with secret values that messages send along with {% fetch %}, by name.
create table fetch_secrets (
  id bigint generated always as identity constraint fetch_secrets_pkey primary key,
  workspace_id bigint not null constraint fetch_secrets_workspace_id_fkey references workspaces on delete cascade,
  name text not null,
  -- The scheme and host that it was given for: it goes to no other.
  origin text not null,
  header text not null,
  -- The header's value, sealed with the installation's secret.
  sealed text not null,
  created_at timestamptz(3) not null,
  -- When the value was given last.
  changed_at timestamptz(3) not null,
  constraint fetch_secrets_name unique (workspace_id, name)
);

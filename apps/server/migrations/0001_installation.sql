-- One row: what this database was made with. `slots` never changes afterwards.
create table installation (
  one boolean primary key default true constraint installation_is_one check (one),
  slots integer not null constraint installation_slots check (slots between 1 and 4096),
  secret_fingerprint text,
  created_at timestamptz(3) not null
);

-- Running programs. A claim on a delivery made by a process that no longer beats is uncertain.
create table processes (
  id bigint generated always as identity constraint processes_pkey primary key,
  role text not null,
  started_at timestamptz(3) not null,
  beat_at timestamptz(3) not null
);

create table workspaces (
  id bigint generated always as identity constraint workspaces_pkey primary key,
  slug text not null constraint workspaces_slug unique constraint workspaces_slug_form check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  time_zone text not null default 'UTC',
  settings jsonb not null default '{}',
  sample boolean not null default false,
  -- Raised by every change of definitions that the pipeline compiles (workflows, fields, event types).
  config_version bigint not null default 1,
  created_at timestamptz(3) not null
);

create table users (
  id bigint generated always as identity constraint users_pkey primary key,
  email text not null constraint users_email unique,
  name text not null default '',
  password_hash text,
  totp_secret text,
  totp_enabled_at timestamptz(3),
  totp_last_step bigint,
  locale text not null default 'en',
  time_zone text,
  -- Look and habits of the interface (theme, date format), free for the UI.
  preferences jsonb not null default '{}',
  created_at timestamptz(3) not null,
  disabled_at timestamptz(3)
);

create table user_roles (
  user_id bigint not null references users (id) on delete cascade,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  role text not null,
  constraint user_roles_pkey primary key (user_id, workspace_id)
);

create table sessions (
  token_hash bytea not null constraint sessions_pkey primary key,
  user_id bigint not null references users (id) on delete cascade,
  csrf_token text not null,
  created_at timestamptz(3) not null,
  seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ip text,
  agent text
);
create index sessions_of_user on sessions (user_id);

-- First log-in, invitation, password reset: one use, short life, only the hash kept.
create table one_time_links (
  token_hash bytea not null constraint one_time_links_pkey primary key,
  user_id bigint not null references users (id) on delete cascade,
  purpose text not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);

-- Failed log-ins by e-mail and by address within a window, for the limit.
create table login_attempts (
  subject text not null,
  window_start timestamptz(3) not null,
  failures integer not null,
  constraint login_attempts_pkey primary key (subject, window_start)
);

create table keys (
  id bigint generated always as identity constraint keys_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  kind text not null constraint keys_kind check (kind in ('rest', 'write', 'mobile', 'management')),
  name text not null default '',
  token_hash bytea not null constraint keys_token unique,
  -- Write and mobile keys are public and shown again; of the others only the first characters.
  shown text not null,
  rights text[] not null,
  created_by bigint,
  created_at timestamptz(3) not null,
  used_at timestamptz(3),
  revoked_at timestamptz(3)
);
create index keys_of_workspace on keys (workspace_id);

create table audit (
  id bigint generated always as identity constraint audit_pkey primary key,
  workspace_id bigint,
  at timestamptz(3) not null,
  actor_kind text not null constraint audit_actor_kind check (actor_kind in ('user', 'key', 'system', 'cli')),
  actor_id bigint,
  actor_name text not null,
  action text not null,
  object_kind text not null,
  object_id text,
  before jsonb,
  after jsonb,
  request_id text,
  ip text
);
create index audit_of_workspace on audit (workspace_id, id);

create table tags (
  id bigint generated always as identity constraint tags_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  name text not null constraint tags_name_length check (length(name) between 1 and 50),
  created_at timestamptz(3) not null
);
create unique index tags_name on tags (workspace_id, lower(name));

create table tag_links (
  tag_id bigint not null references tags (id) on delete cascade,
  object_kind text not null,
  object_id bigint not null,
  constraint tag_links_pkey primary key (object_kind, object_id, tag_id)
);

-- An answer given to a request with an Idempotency-Key, kept for a day.
create table idempotency_keys (
  workspace_id bigint not null,
  key text not null,
  request_hash bytea not null,
  ticket text,
  status integer,
  answer jsonb,
  created_at timestamptz(3) not null,
  constraint idempotency_keys_pkey primary key (workspace_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

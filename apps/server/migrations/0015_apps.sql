-- Apps, sites and servers of a company that send events; keys belong to one of them, or to none.
create table apps (
  id bigint generated always as identity constraint apps_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  uuid uuid not null constraint apps_uuid unique,
  key text not null,
  name text not null,
  platform text not null constraint apps_platform check (platform in ('ios', 'android', 'web', 'server', 'other')),
  require_verified boolean not null default false,
  created_at timestamptz(3) not null,
  archived_at timestamptz(3),
  constraint apps_key unique (workspace_id, key)
);

-- Public halves of the pairs that user tokens are signed with (JWK).
create table app_signing_keys (
  id bigint generated always as identity constraint app_signing_keys_pkey primary key,
  app_id bigint not null references apps (id) on delete cascade,
  kid text not null,
  name text not null default '',
  algorithm text not null constraint app_signing_keys_algorithm check (algorithm in ('ES256', 'EdDSA', 'RS256')),
  public_key jsonb not null,
  created_at timestamptz(3) not null,
  constraint app_signing_keys_kid unique (app_id, kid)
);

-- Calls that named a user, by what their token proved: tells when it is safe to require one.
create table app_identity_counts (
  app_id bigint not null references apps (id) on delete cascade,
  day date not null,
  verified bigint not null default 0,
  unverified bigint not null default 0,
  invalid bigint not null default 0,
  constraint app_identity_counts_pkey primary key (app_id, day)
);

alter table keys add column app_id bigint references apps (id);

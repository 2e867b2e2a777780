-- Codes that workflows give away, by pool.
create table promo_pools (
  id bigint generated always as identity constraint promo_pools_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  name text not null,
  name_key text not null,
  -- What the REST API calls the type; free text.
  type text,
  discount numeric,
  -- Of codes that come without an expiration of their own.
  expires_at timestamptz(3),
  -- When fewer are left, somebody is told; and when that was done.
  warn_below integer constraint promo_pools_warn_below check (warn_below > 0),
  warned_at timestamptz(3),
  archived_at timestamptz(3),
  -- Codes that were added, expired unused, and were used elsewhere; those taken are in promo_taken.
  added bigint not null default 0,
  expired bigint not null default 0,
  used_elsewhere bigint not null default 0,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint promo_pools_name unique (workspace_id, name_key)
);

create table promo_codes (
  pool_id bigint not null references promo_pools (id) on delete cascade,
  id bigint generated always as identity,
  workspace_id bigint not null,
  code text not null,
  expires_at timestamptz(3) not null default 'infinity',
  -- Which slots look for a code here first, so that they do not meet.
  bucket smallint not null constraint promo_codes_bucket check (bucket between 0 and 63),
  state text not null default 'free'
    constraint promo_codes_state check (state in ('free', 'used', 'expired')),
  added_at timestamptz(3) not null,
  used_at timestamptz(3),
  constraint promo_codes_pkey primary key (pool_id, id),
  constraint promo_codes_code unique (workspace_id, code)
) with (fillfactor = 90);
create index promo_codes_free on promo_codes (pool_id, bucket, expires_at, id) where state = 'free';

-- How many codes of a pool were taken, counted by the slot that took them: no two ever count in one row.
create table promo_taken (
  pool_id bigint not null references promo_pools (id) on delete cascade,
  slot integer not null,
  n bigint not null,
  constraint promo_taken_pkey primary key (pool_id, slot)
);

create sequence promo_grant_ids as bigint cache 1;

-- Who got which code.
create table promo_grants (
  contact_id bigint not null,
  id bigint not null default nextval('promo_grant_ids'),
  workspace_id bigint not null,
  source_contact_id bigint,
  pool_id bigint not null,
  code_id bigint not null,
  run_id bigint not null,
  workflow_id bigint not null,
  block text not null,
  taken_at timestamptz(3) not null,
  constraint promo_grants_pkey primary key (contact_id, id)
);
create index promo_grants_of_code on promo_grants (pool_id, code_id);

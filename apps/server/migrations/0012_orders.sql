-- Orders in their latest state; what became of them is told by facts (orderDELIVERED, ...).
create table orders (
  contact_id bigint not null,
  external_order_id text not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  status text not null constraint orders_status check (status in
    ('INITIALIZED', 'IN_PROGRESS', 'DELIVERED', 'CANCELLED', 'ABANDONED_SHOPPING_CART')),
  total numeric(20, 4) not null,
  -- Null: the workspace's.
  currency text,
  ordered_at timestamptz(3) not null,
  -- [{external_item_id, quantity, name, category, cost, url, image_url, description}]
  items jsonb not null default '[]',
  -- What else was said of it, by member of the API.
  details jsonb not null default '{}',
  source text not null,
  -- When the latest state was said; what was said before it is ignored.
  set_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint orders_pkey primary key (contact_id, external_order_id)
) with (fillfactor = 80);

-- Whose order it is: an external order ID is unique in its workspace. Written once, by the resolver;
-- a contact that was merged away leads to its survivor.
create table order_owners (
  workspace_id bigint not null,
  external_order_id text not null,
  contact_id bigint not null,
  constraint order_owners_pkey primary key (workspace_id, external_order_id)
);
create index order_owners_by_contact on order_owners (contact_id);

-- Contacts that a call brought in bulk; it has ended when there are as many results.
create table import_sessions (
  id bigint generated always as identity constraint import_sessions_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  contacts integer not null,
  created_at timestamptz(3) not null
);
create index import_sessions_age on import_sessions (created_at);

-- What became of each of them; contact_id is 0 where it became nothing.
create table import_results (
  contact_id bigint not null,
  session_id bigint not null,
  n integer not null,
  workspace_id bigint not null,
  source_contact_id bigint,
  dedupe_value text,
  minted boolean not null default false,
  problem text,
  at timestamptz(3) not null,
  constraint import_results_pkey primary key (contact_id, session_id, n)
);
create index import_results_of_session on import_results (session_id, n);

-- A domain that messages come from, with what DNS says of it.
create table sender_domains (
  id bigint generated always as identity constraint sender_domains_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  -- As DNS knows it: lower case, IDNA.
  domain text not null,
  -- What sends for it, as mechanisms of SPF: {include:mail.example, ip4:192.0.2.1}
  senders text[] not null default '{}',
  -- Where returned mail comes to; null: to where the provider says.
  return_domain text,
  -- Selector of the key that signs.
  active_selector text not null,
  -- broken: it was verified, and is not any more.
  state text not null default 'pending' constraint sender_domains_state check (state in ('pending', 'verified', 'broken')),
  state_at timestamptz(3) not null,
  -- By record: {"spf": {"state", "found", "problems", "lookups", "trouble", "at"}}
  findings jsonb not null default '{}',
  -- The last changes of records, the newest first: [{"at", "record", "from", "to"}]
  history jsonb not null default '[]',
  checked_at timestamptz(3),
  check_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint sender_domains_domain unique (workspace_id, domain)
);
create index sender_domains_due on sender_domains (check_at);

-- Two for each domain, so that one is in DNS before it is used.
create table sender_domain_keys (
  domain_id bigint not null references sender_domains (id) on delete cascade,
  selector text not null,
  -- SubjectPublicKeyInfo in base64, as it stands in DNS.
  public_key text not null,
  -- Sealed with the installation's secret.
  private_key text not null,
  created_at timestamptz(3) not null,
  -- Since when it signs no more: what it signed may be on its way for days.
  retired_at timestamptz(3),
  constraint sender_domain_keys_pkey primary key (domain_id, selector)
);

-- Whom messages may be from.
create table senders (
  id bigint generated always as identity constraint senders_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  domain_id bigint not null references sender_domains (id) on delete cascade,
  name text not null,
  address text not null,
  -- Where answers go to messages that say nothing else.
  reply_to text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint senders_address unique (workspace_id, address)
);

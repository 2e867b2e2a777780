-- How fast mail goes to domains that receive it: [{"domains", "rate_per_second", "connections"}]
create table receiving_limits (
  workspace_id bigint not null constraint receiving_limits_pkey primary key references workspaces (id) on delete cascade,
  limits jsonb not null,
  updated_at timestamptz(3) not null
);

-- Domains that asked for less, as a sender told last; the senders themselves keep it in memory.
create table receiving_slowdowns (
  workspace_id bigint not null references workspaces (id) on delete cascade,
  domain text not null,
  rate_per_second double precision not null,
  answer text not null,
  at timestamptz(3) not null,
  constraint receiving_slowdowns_pkey primary key (workspace_id, domain)
);

-- A mailbox at an IMAP server that returned mail comes to.
create table mailboxes (
  id bigint generated always as identity constraint mailboxes_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  name text not null,
  host text not null,
  port integer not null,
  security text not null constraint mailboxes_security check (security in ('tls', 'starttls', 'none')),
  accept_any_certificate boolean not null default false,
  user_name text not null,
  -- How we log in: {"kind": "password"} or {"kind": "oauth", "token_url", "client_id", "scope"}
  login jsonb not null,
  -- Sealed with the installation's secret: {"password"} or {"access_token", "refresh_token", "client_secret"}
  secrets text not null,
  folder text not null,
  -- What becomes of mail that told something.
  afterwards text not null constraint mailboxes_afterwards check (afterwards in ('seen', 'move', 'delete')),
  move_to text,
  enabled boolean not null default true,
  -- How far the folder was read: what stands in a transaction with what the mail said.
  uid_validity bigint,
  last_uid bigint not null default 0,
  -- How many mails told something, nothing, were of nobody, or of what is gone.
  told bigint not null default 0,
  nothing bigint not null default 0,
  unknown bigint not null default 0,
  gone bigint not null default 0,
  last_mail_at timestamptz(3),
  looked_at timestamptz(3),
  -- new: not looked into yet; refused: the server or the log-in says no; failing: cannot be reached.
  condition text not null default 'new' constraint mailboxes_condition check (condition in ('new', 'well', 'refused', 'failing')),
  problem text,
  -- Failures in a row, and until when the server is left alone.
  failures integer not null default 0,
  next_at timestamptz(3) not null,
  -- The process that looks into it, and until when it does unless it says so again.
  held_by bigint,
  held_until timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint mailboxes_move_to check ((afterwards = 'move') = (move_to is not null))
);
create index mailboxes_workspace on mailboxes (workspace_id);

-- Mail whose words are taken, and which is yet to be marked, moved or deleted at the server.
create table mailbox_mails (
  mailbox_id bigint not null references mailboxes (id) on delete cascade,
  uid_validity bigint not null,
  uid bigint not null,
  constraint mailbox_mails_pkey primary key (mailbox_id, uid_validity, uid)
);

-- Mailboxes that returned mail is read from over IMAP.
create table returned_mailboxes (
  id bigint generated always as identity constraint returned_mailboxes_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  name text not null,
  host text not null,
  port integer not null,
  security text not null constraint returned_mailboxes_security check (security in ('tls', 'starttls', 'none')),
  accept_any_certificate boolean not null default false,
  user_name text not null,
  -- Sealed with the installation's secret.
  secrets text,
  folder text not null,
  -- What becomes of a mail that was read.
  after_reading text not null constraint returned_mailboxes_after_reading check (after_reading in ('mark', 'move', 'delete')),
  move_to text,
  enabled boolean not null default true,
  -- How far it was read: mails above last_uid are new, as long as the folder is the same.
  uid_validity bigint,
  last_uid bigint not null default 0,
  condition text not null default 'untried' constraint returned_mailboxes_condition check (condition in ('untried', 'fine', 'failing')),
  problem text,
  failures integer not null default 0,
  -- When somebody may read it next: after a pause, or when whoever reads it now has died.
  poll_at timestamptz(3) not null,
  polled_at timestamptz(3),
  -- Of mails that were read: {"told", "nothing", "unknown", "gone", "skipped"}
  counts jsonb not null default '{}',
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index returned_mailboxes_of_workspace on returned_mailboxes (workspace_id);
create index returned_mailboxes_due on returned_mailboxes (poll_at) where enabled;

-- Mails that were taken, by their Message-ID: a folder that is numbered anew is read once more.
create table returned_mails (
  mailbox_id bigint not null references returned_mailboxes (id) on delete cascade,
  fingerprint bytea not null,
  taken_at timestamptz(3) not null,
  constraint returned_mails_pkey primary key (mailbox_id, fingerprint)
);
create index returned_mails_old on returned_mails (taken_at);

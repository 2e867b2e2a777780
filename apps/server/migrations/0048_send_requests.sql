-- A message that a call of the API asked for, to one recipient. It says nothing about the person: who
-- it was for is found by the send that came of it.
create sequence send_request_ids as bigint cache 1;
create table send_requests (
  id bigint not null constraint send_requests_pkey primary key,
  workspace_id bigint not null references workspaces (id) on delete cascade,
  message_id bigint not null,
  channel text not null,
  -- The caller's own name for it.
  external_id text,
  -- Of everything that makes two requests the same (a keyed hash); null once another may be asked for.
  repeat_key bytea,
  -- Why no send came of it.
  refused text,
  created_at timestamptz(3) not null,
  constraint send_requests_repeat unique (workspace_id, repeat_key)
);
create index send_requests_by_age on send_requests (created_at);

alter table sends add column request_id bigint;
create index sends_of_request on sends (request_id) where request_id is not null;

-- The message that stands for single messages of one kind (channel, tags, categories) whose content
-- comes with the calls themselves.
create table single_messages (
  workspace_id bigint not null references workspaces (id) on delete cascade,
  kind bytea not null,
  message_id bigint references messages (id) on delete cascade,
  constraint single_messages_pkey primary key (workspace_id, kind)
);
-- Each content is kept once, as a version of that message.
create table single_contents (
  message_id bigint not null references messages (id) on delete cascade,
  hash bytea not null,
  version integer not null,
  constraint single_contents_pkey primary key (message_id, hash)
);

-- Whom messages are from that name nobody; at most one in a workspace.
alter table senders add column is_default boolean not null default false;
create unique index senders_default on senders (workspace_id) where is_default;

-- Since when a key signs; null: it has done so from the beginning, or never did.
alter table sender_domain_keys add column signs_since timestamptz(3);

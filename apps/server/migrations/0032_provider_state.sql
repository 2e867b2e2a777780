-- What a provider's answers say about it, for people: senders know it for themselves.
alter table providers
  add column condition text not null default 'untried' constraint providers_condition
    check (condition in ('untried', 'fine', 'throttled', 'refused', 'failing', 'broken')),
  add column condition_at timestamptz(3),
  -- It is left alone until then; the next message after that tries it.
  add column paused_until timestamptz(3);

-- What it said last was of no use; why it said so is not known any more.
update providers set condition = 'failing', condition_at = updated_at where problem is not null;
update providers set condition = 'fine', condition_at = verified_at
 where problem is null and verified_at is not null;

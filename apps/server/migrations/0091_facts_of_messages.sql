-- Facts about a message, in their order. Cut off, since anybody may send an event whose parameters are called so,
-- and a long text would be refused by the index. Statements that read it name both terms (events/about-message-sql.ts).
create index events_of_message on events (event_type_id, left(params ->> 'message', 20), occurred_at)
  where params ? 'delivery';

import type { eventSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Json } from '../inbox/index.ts';
import { maskText, mayReadPersonal, type Rights } from '../users/index.ts';
import { encodeEventId } from './event-id.ts';
import type { ParamProblem } from './check-params.ts';
import { ERRORS_IN_CONTEXT, FACT_FLAGS } from './fact.ts';
import { readFoundBy, RULE_IN_CONTEXT } from './found-by.ts';
import type { FactRow } from './read-facts.ts';

export type Event = z.output<typeof eventSchema>;

const MASKED = '•••';

/** A fact in the shape of the wire, for callers with these rights. */
export function presentEvent(row: FactRow, rights: Rights): Event {
  const mayRead = mayReadPersonal(rights);
  return {
    id: eventIdOf(row),
    event: row.type,
    contact: row.contact_id === 0 ? null : row.contact_id,
    key: row.key !== null && !mayRead ? maskText(row.key) : row.key,
    occurred_at: row.occurred_at,
    received_at: row.received_at,
    params: maskParams(row.params ?? {}, rights),
    source: row.source,
    past: (row.flags & FACT_FLAGS.past) !== 0,
    clock_ahead: (row.flags & FACT_FLAGS.clockAhead) !== 0,
    with_errors: (row.flags & FACT_FLAGS.errors) !== 0,
    contact_created: (row.flags & FACT_FLAGS.created) !== 0,
    found_by: readFoundBy(row),
    contact_id_added: (row.flags & FACT_FLAGS.contactIdAdded) !== 0,
  };
}

/** What was wrong with it, and the context that came along. */
export function splitContext(context: FactRow['context']): {
  errors: ParamProblem[];
  context: FactRow['context'];
} {
  if (!context) return { errors: [], context };
  const { [ERRORS_IN_CONTEXT]: errors = [], [RULE_IN_CONTEXT]: _rule, ...rest } = context;
  return {
    errors: errors as unknown as ParamProblem[],
    context: Object.keys(rest).length > 0 ? rest : null,
  };
}

export function eventIdOf(row: FactRow): string {
  return encodeEventId({
    contactId: row.contact_id,
    typeId: row.event_type_id,
    occurredAt: row.occurred_at.getTime(),
    id: row.id,
  });
}

/**
 * Parameters for callers with these rights. Nobody knows which of them say who somebody is, so
 * without `contacts.read_personal` their names are shown and no value.
 */
export function maskParams(params: Record<string, Json>, rights: Rights): Record<string, Json> {
  if (mayReadPersonal(rights)) return params;
  return Object.fromEntries(Object.keys(params).map((name) => [name, MASKED]));
}

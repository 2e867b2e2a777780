import type { ContactState } from '../contacts/index.ts';
import type { Fact } from '../events/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { CompiledVersion } from '../workflows/index.ts';
import { changeOf } from './change-of.ts';

/** What `$event` means for as long as the run lives, and what is shown of what started it. */
export function contextOf(
  fact: Fact,
  { factStart, readsContext }: CompiledVersion,
  contact?: ContactState,
): JsonObject {
  const occurredAt = new Date(fact.occurredAt).toISOString();
  if (factStart!.type === 'segment') {
    const { segment = null, cause = null } = fact.params;
    return { kind: 'segment', segment, cause, occurred_at: occurredAt, params: {} };
  }
  if (factStart!.type === 'field_change') {
    const { field, from, to } = changeOf(fact, factStart!, contact)!;
    return {
      kind: 'field_change',
      event_id: String(fact.id),
      occurred_at: occurredAt,
      source: fact.source,
      params: { field, from, to },
    };
  }
  return {
    kind: 'event',
    event: fact.type,
    event_id: String(fact.id),
    occurred_at: occurredAt,
    source: fact.source,
    params: fact.params,
    ...(fact.key !== undefined && { key: fact.key }),
    ...(readsContext && fact.context && { context: fact.context }),
  };
}

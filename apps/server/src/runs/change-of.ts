import type { ContactState } from '../contacts/index.ts';
import { contactFields } from '../evaluation/index.ts';
import type { Fact } from '../events/index.ts';
import type { Json } from '../inbox/index.ts';

/** One field's change, null being no value. */
interface Change {
  field: string;
  from: Json;
  to: Json;
}

/**
 * What a fact says of the field; undefined: nothing. Values that a contact was created with are part
 * of its creation: a change from nothing.
 */
export function changeOf(
  fact: Fact,
  { field }: { field: string },
  contact: ContactState | undefined,
): Change | undefined {
  if (fact.type === 'FieldChanged') {
    const changes = (fact.params['changes'] ?? []) as unknown as Change[];
    return changes.find((change) => change.field === field);
  }
  if (fact.type !== 'ContactCreated' || !contact) return undefined;
  const to = contactFields(contact)[field] ?? null;
  return to === null ? undefined : { field, from: null, to };
}

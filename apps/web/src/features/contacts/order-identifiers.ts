import type { ContactCard } from '@perennial/contracts';

type Identifier = ContactCard['identifiers'][number];

/** What people know a contact by; the rest is for machines, and may be many. */
const FIRST = ['external_id', 'email', 'phone', 'field.contact_key'];

/** What people know first; within that the order that was given, which is the newest first. */
export function orderIdentifiers(identifiers: readonly Identifier[]): Identifier[] {
  const rank = ({ kind }: Identifier): number => {
    const at = FIRST.indexOf(kind);
    return at < 0 ? FIRST.length : at;
  };
  return identifiers.toSorted((a, b) => rank(a) - rank(b));
}

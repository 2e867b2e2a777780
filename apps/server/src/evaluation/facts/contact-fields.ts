import type { ContactState } from '../../contacts/index.ts';
import type { Json } from '../../inbox/index.ts';

/** A contact's values by field as the segment language names them. */
export function contactFields(contact: ContactState): Record<string, Json> {
  return {
    ...contact.fields,
    id: String(contact.id),
    external_id: contact.externalId,
    email: contact.email,
    phone: contact.phone,
    source: contact.source,
    created_at: instantText(contact.createdAt),
    updated_at: instantText(contact.updatedAt),
    last_seen_at: instantText(contact.lastSeenAt),
  };
}

function instantText(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** The contact's own zone, if it has one that was stored. */
export function zoneOf(contact: ContactState | undefined): string | null {
  const zone = contact?.fields['time_zone'];
  return typeof zone === 'string' ? zone : null;
}

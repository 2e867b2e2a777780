import type { Contact } from '@perennial/contracts';

/** How people call this contact: the name, else an address, else the external ID. */
export function contactName(
  contact: Pick<Contact, 'first_name' | 'last_name' | 'email' | 'phone' | 'external_id'>,
): string | undefined {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
  return name || contact.email || contact.phone || contact.external_id || undefined;
}

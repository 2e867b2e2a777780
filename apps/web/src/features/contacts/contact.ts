export interface ContactChannel {
  channel: string;
  address: string;
  app: string | null;
  status: string;
  status_at: string | null;
  reason: string | null;
}

/** A contact as the management API shows it; personal values are masked for some roles. */
export interface Contact {
  id: string;
  external_id: string | null;
  email: string | null;
  phone: string | null;
  first_name: string | null;
  last_name: string | null;
  language: string | null;
  time_zone: string | null;
  source: string | null;
  created_at: string;
  updated_at: string;
  last_seen_at: string | null;
  custom: Record<string, unknown>;
  channels: ContactChannel[];
  categories: string[];
  tags: string[];
  [member: string]: unknown;
}

/** How people call this contact: the name, else an address, else the external ID. */
export function contactName(
  contact: Pick<Contact, 'first_name' | 'last_name' | 'email' | 'phone' | 'external_id'>,
): string | undefined {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
  return name || contact.email || contact.phone || contact.external_id || undefined;
}

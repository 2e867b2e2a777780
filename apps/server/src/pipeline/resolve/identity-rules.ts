import { IDENTIFIER_LIMITS } from '@perennial/contracts';
import { isBlockedIdentifier } from '../../contacts/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { Identifier, IdentifierKind, InboxItem, Refusal } from '../../inbox/index.ts';
import { readSettings } from '../../workspaces/index.ts';

/** What a workspace lets identifiers do. */
export interface IdentityRules {
  /** Lower-cased values that identify nobody, beside those that never do. */
  blocked: ReadonlySet<string>;
  /** Whether an e-mail or phone joins contacts, or only finds them. */
  joins: { email: boolean; phone: boolean };
  /** Most values of a kind that a contact may have. One external ID, e-mail and phone always. */
  limits: Partial<Record<string, number>>;
}

/** Contacts that may become one contact, one after the other. */
export const MOST_MERGES = 100;

export const DEFAULT_RULES: IdentityRules = {
  blocked: new Set(),
  joins: { email: true, phone: true },
  limits: IDENTIFIER_LIMITS,
};

export async function readIdentityRules(
  tx: Tx,
  { workspaceId }: { workspaceId: number },
): Promise<IdentityRules> {
  const settings = await readSettings(tx, { workspaceId });
  return {
    blocked: new Set(settings.blocked_identifiers.map((value) => value.toLowerCase())),
    joins: { email: settings.join_by_email, phone: settings.join_by_phone },
    limits: { ...IDENTIFIER_LIMITS, ...settings.identifier_limits },
  };
}

/** Whether a value of this kind joins two contacts of which one has it. */
export function joins({ joins: may }: IdentityRules, kind: IdentifierKind): boolean {
  return kind === 'email' || kind === 'phone' ? may[kind] : true;
}

/** Whether a value identifies nobody. */
export function isBlocked({ blocked }: IdentityRules, [kind, value]: Identifier): boolean {
  if (kind === 'contact') return false;
  return isBlockedIdentifier(value) || blocked.has(value.trim().toLowerCase());
}

/** An item without the values that identify nobody here; what they were. */
export function withoutBlocked<Item extends InboxItem>(
  item: Item,
  rules: IdentityRules,
): { item: Item; blocked: Refusal[] } {
  const out = item.ids.filter((id) => isBlocked(rules, id));
  if (out.length === 0) return { item, blocked: [] };
  const ids = item.ids.filter((id) => !out.includes(id));
  const kinds = new Set(out.map(([kind]) => (kind === 'field.contact_key' ? 'contact_key' : kind)));
  // A blocked address is not written to either: card and identifiers say the same.
  const fields =
    'fields' in item && item.fields
      ? Object.fromEntries(
          Object.entries(item.fields).filter(([field]) => !kinds.has(field as never)),
        )
      : undefined;
  const blocked = out.map(([kind, value]): Refusal => ({ kind, value, reason: 'blocked' }));
  return { item: { ...item, ids, ...(fields && { fields }) }, blocked };
}

import type { IdentifyItem, InboxItem } from '../../inbox/index.ts';
import { attach, justFound } from './attach.ts';
import { candidate, chooseTarget, identifiersOf, leading, mayMint } from './choose-contact.ts';
import { CONTACT_DELETED, conflict, identifiesNobody, type Decision } from './decision.ts';
import type { Directory } from './directory.ts';
import { withoutBlocked, type IdentityRules } from './identity-rules.ts';

export interface Resolving {
  mint(): number;
  rules: IdentityRules;
  deleted?: ReadonlySet<number>;
  arrivedAt: number;
}

/**
 * Finds the contact of an item, or mints one, and changes the directory accordingly.
 *
 * All contacts that the item's identifiers lead to are one person, with one exception: two
 * external IDs never merge by rule. What a contact with another external ID has (a device, a
 * cookie) moves to the one that used it last.
 */
export function resolveItem(
  directory: Directory,
  sent: InboxItem,
  { mint, rules, deleted, arrivedAt }: Resolving,
): Decision {
  const { item, blocked } = withoutBlocked(sent, rules);
  if (blocked[0] && item.ids.length === 0) return identifiesNobody(blocked[0]);
  const ids = identifiersOf(directory, item, rules);
  if ('refused' in ids) return conflict(ids.refused);
  const candidates = ids.list.map(([kind, value]) =>
    candidate(directory, kind, value, ids.external),
  );
  const weak = isWeak(item);
  const target = chooseTarget(directory, leading(candidates, rules), ids.external, weak);
  if (target === undefined && !mayMint(item, candidates)) {
    return item.kind === 'event'
      ? { kind: 'nobody' }
      : { kind: 'refused', code: 'contact_not_found', message: 'No contact has this identifier.' };
  }
  // Before it gives a deleted contact what it is found by.
  if (target !== undefined && skipsDeleted(item) && deleted?.has(target)) return CONTACT_DELETED;
  // An order changes nothing about a contact that is there.
  if (item.kind === 'order' && target !== undefined) return justFound(target, item);
  const contactId = target ?? mint();
  if (target === undefined) directory.addMinted(contactId);
  return attach(directory, item, {
    candidates,
    contactId,
    minted: target === undefined,
    weak,
    external: ids.external,
    refusals: blocked,
    rules,
    arrivedAt,
  });
}

/** Whether its identifiers only find: see the items. */
function isWeak(item: InboxItem): boolean {
  if (item.kind === 'event' || item.kind === 'identify') return item.weakIds === true;
  return item.kind === 'order';
}

export function skipsDeleted(item: InboxItem): item is IdentifyItem {
  return item.kind === 'identify' && item.skipDeleted === true;
}

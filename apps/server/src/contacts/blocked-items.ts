import type { WorkspaceSettings } from '@perennial/contracts';
import type { Identifier, InboxItem } from '../inbox/index.ts';

type Blocking = Pick<WorkspaceSettings, 'blocked_identifiers'>;

const lowered = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * The identifier for which a workspace will not take an item: one that it blocks, with no other
 * beside it. By the settings as a door knows them; the resolver, which decides, may know newer ones.
 */
export function blockedIdentifier(
  { blocked_identifiers: values }: Blocking,
  { ids }: Pick<InboxItem, 'ids'>,
): Identifier | undefined {
  if (values.length === 0) return undefined;
  const blocked = setOf(values);
  const isBlocked = ([kind, value]: Identifier): boolean =>
    kind !== 'contact' && blocked.has(value.trim().toLowerCase());
  // An item of nobody names nobody who is blocked.
  return ids.every(isBlocked) ? ids[0] : undefined;
}

/** Settings are kept for seconds and asked for each item. */
function setOf(values: readonly string[]): ReadonlySet<string> {
  let set = lowered.get(values);
  if (!set) lowered.set(values, (set = new Set(values.map((value) => value.toLowerCase()))));
  return set;
}

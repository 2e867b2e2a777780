import {
  loadChoices,
  readCategories,
  type Categories,
  type Choice,
} from '../../categories/index.ts';
import { loadAddressStates, type AddressState } from '../../contacts/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { Consent, SlotItem, Stamped } from '../../inbox/index.ts';

/** What deciding about consents needs of the contacts that say something about it. */
export interface KnownConsents {
  categories: Map<number, Categories>;
  choices: Map<number, Map<number, Choice>>;
  addressStates: Map<string, AddressState>;
}

/** Nothing is read for rounds in which nobody consents to anything. */
export async function loadConsents(
  tx: Tx,
  { entries }: { entries: readonly Stamped[] },
): Promise<KnownConsents> {
  const choosing = entries.filter(({ item }) => isAboutChoices(item));
  const confirming = entries.filter(
    ({ item }) =>
      (item.kind === 'consent' && item.confirm) || (item.kind === 'identify' && item.withdraws),
  );
  const categories = new Map<number, Categories>();
  for (const { workspaceId } of choosing) {
    if (categories.has(workspaceId)) continue;
    categories.set(workspaceId, await readCategories(tx, { workspaceId }));
  }
  return {
    categories,
    choices:
      choosing.length > 0 ? await loadChoices(tx, { contactIds: idsOf(choosing) }) : new Map(),
    addressStates:
      confirming.length > 0
        ? await loadAddressStates(tx, { contactIds: idsOf(confirming) })
        : new Map(),
  };
}

function isAboutChoices(item: SlotItem): boolean {
  const { categories, replace } = consentOf(item) ?? {};
  return item.kind === 'take_back' || categories !== undefined || replace === true;
}

function consentOf(item: SlotItem): Consent | undefined {
  return item.kind === 'identify' || item.kind === 'consent' ? item.consent : undefined;
}

function idsOf(entries: readonly Stamped[]): number[] {
  return [...new Set(entries.map(({ contactId }) => contactId))];
}

import type { JoinItem, PartItem, Refusal, UnmergeItem } from '../../inbox/index.ts';
import type { Directory } from './directory.ts';
import { MOST_MERGES, type IdentityRules } from './identity-rules.ts';
import { joinIdentifiers, whyNotJoin } from './join-identifiers.ts';
import { partIdentifiers, type KnownMerge } from './part-identifiers.ts';
import type { Decision, Refused } from './decision.ts';

/** Two contacts become one because somebody says so, whatever their external IDs. */
export function decideJoin(
  directory: Directory,
  item: JoinItem,
  { rules }: { rules: IdentityRules },
): Decision {
  const keepId = ownerOf(directory, item.ids[0]?.[1]);
  const dropId = ownerOf(directory, String(item.other));
  if (keepId === undefined || dropId === undefined) {
    const message = 'One of the two contacts is not there.';
    return { kind: 'refused', code: 'contact_not_found', message };
  }
  if (keepId === dropId) return refused('These are one contact already.');
  const reason = whyNotJoin(directory, rules, { keepId, dropId, byHand: true });
  if (reason) return refused(WHY_NOT[reason] ?? reason);
  const hadExternalId = directory.externalIdOf(keepId) !== undefined;
  const { at, source } = item;
  const identifiers = joinIdentifiers(directory, { keepId, dropId, at, source });
  const externalId = directory.externalIdOf(keepId);
  return {
    kind: 'found',
    item,
    contactId: keepId,
    minted: false,
    gained: [],
    losses: [],
    merges: [{ keepId, dropId, by: ['contact', String(dropId)], identifiers }],
    refusals: [],
    ...(!hadExternalId && externalId !== undefined && { externalId }),
  };
}

const WHY_NOT: Partial<Record<Refusal['reason'], string>> = {
  too_many_merges: `At most ${MOST_MERGES} contacts may become one.`,
  too_many: 'Together they would have more identifiers of one kind than a contact may have.',
};

export type PartDecision = { kind: 'parted'; item: UnmergeItem; later: KnownMerge[] } | Refused;

/** A merge is undone, unless it was before, or its survivor was merged on. */
export function decidePart(
  directory: Directory,
  item: PartItem,
  { known }: { known: KnownMerge[] },
): PartDecision {
  const merge = known.find(({ mergeId }) => mergeId === item.mergeId);
  if (!merge) {
    const message = 'There is no such merge, or it was undone already.';
    return { kind: 'refused', code: 'merge_not_found', message };
  }
  const { mergeId, keepId, dropId } = merge;
  const owner = ownerOf(directory, String(dropId));
  if (owner !== keepId) {
    return refused(
      `Contact ${keepId} was itself merged into contact ${owner} later: undo that merge first.`,
    );
  }
  const { at, source, by } = item;
  const { sources, later, externalIds } = partIdentifiers(directory, merge, {
    inForce: known,
    at,
    source,
  });
  return {
    kind: 'parted',
    later,
    item: {
      kind: 'unmerge',
      mergeId,
      keepId,
      dropId,
      sources,
      later: later.map((other) => other.mergeId),
      externalIds,
      by,
      at,
      source,
    },
  };
}

/** The contact that an ID leads to today. */
function ownerOf(directory: Directory, id: string | undefined): number | undefined {
  return id === undefined ? undefined : directory.find('contact', id)[0]?.contactId;
}

function refused(message: string): Refused {
  return { kind: 'refused', code: 'merge_refused', message };
}

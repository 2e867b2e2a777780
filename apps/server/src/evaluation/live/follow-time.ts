import { loadContacts } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import { findDueOfContacts, forgetDue, type DueMembership } from '../../segments/index.ts';
import type { DueBy, DueClaims } from './claim-due.ts';
import { followCrowd, questionOf, splitCrowds, type RuleOf } from './follow-crowd.ts';
import { followRules, type LiveParts, type PendingFact } from './follow-touches.ts';
import type { LiveRule } from './live-index.ts';
import { EVERYTHING } from './touch.ts';

export interface TimeFollowed {
  /** Memberships that were due. */
  handled: number;
  facts: PendingFact[];
}

/**
 * Asks rules again whose answer time alone may have changed, each as of its instant and in the order
 * of instants, at most `limit`.
 */
export async function followTime(
  tx: Tx,
  parts: LiveParts,
  { due, claims }: { due: DueBy; claims: DueClaims },
): Promise<TimeFollowed> {
  const claimed = await claims.claim(tx, due);
  const isCut = claimed.length >= due.limit && mentionSegments(parts);
  const rows = isCut ? await completeLast(tx, claimed) : claimed;
  return { handled: rows.length, facts: await followDue(tx, parts, { rows, now: due.now }) };
}

function mentionSegments({ index }: LiveParts): boolean {
  return [...index.values()].some(({ byKey }) =>
    byKey.get(EVERYTHING)!.some(({ level }) => level > 0),
  );
}

/**
 * The limit may have cut what is due of one contact at one instant. A rule that mentions several of
 * those segments would be asked between them, and see what never was.
 */
async function completeLast(
  tx: Tx,
  claimed: readonly DueMembership[],
): Promise<readonly DueMembership[]> {
  const at = claimed.at(-1)!.changesAt;
  const last = claimed.filter(({ changesAt }) => changesAt === at);
  const until = new Map(last.map(({ contactId }) => [contactId, at]));
  const whole = await findDueOfContacts(tx, { until });
  return [...claimed.filter(({ contactId }) => !until.has(contactId)), ...whole];
}

/** The same of these contacts, up to an instant of each: what arrived then finds them as they were. */
export async function followTimeOf(
  tx: Tx,
  parts: LiveParts,
  { until, now }: { until: ReadonlyMap<number, number>; now: Date },
): Promise<PendingFact[]> {
  const facts: PendingFact[] = [];
  for (;;) {
    const rows = await findDueOfContacts(tx, { until });
    if (rows.length === 0) return facts;
    facts.push(...(await followDue(tx, parts, { rows, now })));
  }
}

/** Of each contact one instant after the other. */
async function followDue(
  tx: Tx,
  parts: LiveParts,
  { rows, now }: { rows: readonly DueMembership[]; now: Date },
): Promise<PendingFact[]> {
  const ruleOf: RuleOf = (row) => parts.which.keptRule(row.segmentId, row.contactId);
  const followed = rows.filter(ruleOf);
  // Nobody asks this rule any more; its members stay as they are until it is computed again.
  await forgetDue(tx, { memberships: rows.filter((row) => !ruleOf(row)) });
  const isMentioned = ({ workspaceId, segmentId }: LiveRule): boolean =>
    parts.index.get(workspaceId)!.byKey.has(`segment:${segmentId}`);
  const { crowds, others } = splitCrowds(followed, { ruleOf, isMentioned, crowd: parts.crowd });
  const facts: PendingFact[] = [];
  for (const crowd of crowds) facts.push(...(await followCrowd(tx, parts, { crowd, now })));
  for (const layer of layersOf(others)) {
    const contacts = await loadContacts(tx, { ids: layer.map(([row]) => row!.contactId) });
    const asked = layer.map((own) => ({
      question: questionOf(own[0]!),
      rules: own.map((row) => ruleOf(row)!),
    }));
    facts.push(...(await followRules(tx, parts, { asked, contacts, now })));
  }
  return facts;
}

/** Each contact's first instant with all that is due then, each one's second, and so on. */
function layersOf(rows: readonly DueMembership[]): DueMembership[][][] {
  const layers: DueMembership[][][] = [];
  for (const own of Map.groupBy(rows, (row) => row.contactId).values()) {
    const instants = [...Map.groupBy(own, (row) => row.changesAt)].toSorted(([a], [b]) => a - b);
    instants.forEach(([, some], n) => (layers[n] ??= []).push(some));
  }
  return layers;
}

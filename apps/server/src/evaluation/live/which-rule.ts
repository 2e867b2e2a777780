import type { Tx } from '../../db/index.ts';
import { readSwapped } from '../../segments/index.ts';
import { slotOf } from '../../slots/index.ts';
import type { LiveIndex, LiveRule } from './live-index.ts';

/** Which of a segment's two rules a contact's membership follows while a new one takes over. */
export interface WhichRule {
  /** The rule that the row in `memberships` follows. */
  keptRule(segmentId: number, contactId: number): LiveRule | undefined;
  /** Of these rules, those that are asked about the contact. */
  asked(rules: readonly LiveRule[], contactId: number): readonly LiveRule[];
  /** Whether what the rule says of the contact is kept apart until its slot is swapped. */
  isApart(rule: LiveRule, contactId: number): boolean;
}

/** New rules take over slot by slot, each under its lock: read when the batch's slots are locked. */
export async function whichRule(
  tx: Tx,
  { index, slots }: { index: LiveIndex; slots: number },
): Promise<WhichRule> {
  const workspaces = [...index.values()];
  const computing = workspaces.flatMap((rules) => [...rules.computing.values()]);
  const swapped = await readSwapped(tx, { versions: computing });
  const hasTakenOver = (segmentId: number, contactId: number): boolean =>
    slotOf(contactId, slots) < (swapped.get(segmentId) ?? 0);
  return {
    keptRule(segmentId, contactId) {
      const member = hasTakenOver(segmentId, contactId) ? 'computing' : 'kept';
      return workspaces.map((rules) => rules[member].get(segmentId)).find((rule) => rule);
    },
    asked: (rules, contactId) =>
      swapped.size === 0
        ? rules
        : rules.filter((rule) => rule.computing || !hasTakenOver(rule.segmentId, contactId)),
    isApart: (rule, contactId) => rule.computing && !hasTakenOver(rule.segmentId, contactId),
  };
}

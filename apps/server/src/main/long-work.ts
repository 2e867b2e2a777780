import { contactWork, fieldIndexing } from '../contacts/index.ts';
import { pastDeletion, rangeDeletion, typeDeletion } from '../events/index.ts';
import { workKinds } from '../jobs/index.ts';
import { computeWork, dissolveWork } from '../evaluation/index.ts';
import { countRefusedEntries, createRunMoves, stopMembers } from '../runs/index.ts';
import { segmentWork } from '../segments/index.ts';
import { cancelDeliveries } from '../sends/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { createWorkflowCache, startMembersWork } from '../workflows/index.ts';
import { findSegmentUses } from './find-segment-uses.ts';
import { settlingSegments } from './after-deletion.ts';
import { aroundContacts } from './around-contacts.ts';

const workflows = createWorkflowCache();

/** Everything that this program does as long work: a line a kind. */
export const longWork = workKinds([
  ...contactWork(aroundContacts),
  fieldIndexing,
  typeDeletion,
  settlingSegments(pastDeletion),
  settlingSegments(rangeDeletion),
  ...segmentWork({ findSegmentUses }),
  startMembersWork,
  computeWork({
    questions: aroundContacts.questions,
    async tellEntered(tx, { contactIds, now: at, ...entered }) {
      const n = contactIds.length;
      if (n === 0) return;
      const now = at.getTime();
      const index = await workflows.load(tx);
      const slots = await readSlotCount(tx);
      // The job has no batch that would ask rules about the contacts whose runs end here.
      const capabilities = { cancelDeliveries, slots, moves: createRunMoves() };
      await stopMembers(tx, capabilities, { index, contactIds, now });
      await countRefusedEntries(tx, { ...entered, index, n, now });
    },
  }),
  dissolveWork,
]);

import { contactWork, fieldIndexing } from '../contacts/index.ts';
import { pastDeletion, rangeDeletion, typeDeletion } from '../events/index.ts';
import { workKinds } from '../jobs/index.ts';
import { computeWork, dissolveWork } from '../evaluation/index.ts';
import { stopMembers } from '../runs/index.ts';
import { segmentWork } from '../segments/index.ts';
import { cancelDeliveries } from '../sends/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { createWorkflowCache } from '../workflows/index.ts';
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
  ...segmentWork,
  computeWork({
    questions: aroundContacts.questions,
    async stopMembers(tx, { contactIds, now }) {
      if (contactIds.length === 0) return;
      const index = await workflows.load(tx);
      const slots = await readSlotCount(tx);
      const capabilities = { cancelDeliveries, slots };
      await stopMembers(tx, capabilities, { index, contactIds, now: now.getTime() });
    },
  }),
  dissolveWork,
]);

import { renderingCheckWork } from '../campaigns/index.ts';
import { contactWork, fieldIndexing } from '../contacts/index.ts';
import { keptBuild, keptDrop, pastDeletion, rangeDeletion, typeDeletion } from '../events/index.ts';
import { workKinds, type WorkKind, type WorkKinds } from '../jobs/index.ts';
import { renewWork, type RenderPool } from '../messages/index.ts';
import { computeWork, dissolveWork } from '../evaluation/index.ts';
import {
  countRefusedEntries,
  createRunMoves,
  endWaitsOfMembers,
  queueRunMoves,
  steerRunsWork,
  stopMembers,
} from '../runs/index.ts';
import { segmentWork } from '../segments/index.ts';
import { cancelDeliveries } from '../sends/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { createWorkflowCache, startMembersWork } from '../workflows/index.ts';
import { findSegmentUses } from './find-segment-uses.ts';
import { settlingSegments } from './after-deletion.ts';
import { aroundContacts, settle } from './around-contacts.ts';

const workflows = createWorkflowCache();

/** Everything that this program does as long work: a line a kind. */
const kinds: WorkKind[] = [
  ...contactWork(aroundContacts),
  fieldIndexing,
  keptBuild,
  keptDrop,
  typeDeletion,
  settlingSegments(pastDeletion),
  settlingSegments(rangeDeletion),
  ...segmentWork({ findSegmentUses, settle }),
  startMembersWork,
  steerRunsWork,
  computeWork({
    questions: aroundContacts.questions,
    async tellEntered(tx, { contactIds, now: at, ...entered }) {
      const n = contactIds.length;
      if (n === 0) return;
      const now = at.getTime();
      const index = await workflows.load(tx);
      const slots = await readSlotCount(tx);
      const moves = createRunMoves();
      await stopMembers(tx, { cancelDeliveries, slots, moves }, { index, contactIds, now });
      await endWaitsOfMembers(tx, { index, contactIds, now });
      await queueRunMoves(tx, { moves: moves.take(), slots });
      await countRefusedEntries(tx, { ...entered, index, n, now });
    },
  }),
  dissolveWork,
];

/** What renders, too. */
const renderingKinds = (renderPool: RenderPool | undefined): WorkKind[] => [
  renewWork({ renderPool }),
  renderingCheckWork({ renderPool, questions: aroundContacts.questions }),
];

/** To show, cancel or undo it. */
export const longWork = workKinds([...kinds, ...renderingKinds(undefined)]);

/** To do it. */
export function longWorkWith({ renderPool }: { renderPool: RenderPool }): WorkKinds {
  return workKinds([...kinds, ...renderingKinds(renderPool)]);
}

import { contactWork, fieldIndexing } from '../contacts/index.ts';
import { pastDeletion, rangeDeletion, typeDeletion } from '../events/index.ts';
import { workKinds } from '../jobs/index.ts';
import { segmentWork } from '../segments/index.ts';
import { findSegmentUses } from '../workflows/index.ts';
import { aroundContacts } from './around-contacts.ts';

/** Everything that this program does as long work: a line a kind. */
export const longWork = workKinds([
  ...contactWork(aroundContacts),
  fieldIndexing,
  typeDeletion,
  pastDeletion,
  rangeDeletion,
  ...segmentWork({ findSegmentUses }),
]);

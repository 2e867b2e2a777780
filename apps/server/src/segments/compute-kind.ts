import type { WorkKind } from '../jobs/index.ts';

/** What is told of the long work that computes a version; it is done to the right of this room. */
export const computeKind: Omit<WorkKind, 'slice'> = {
  kind: 'segments.compute',
  right: 'segments.write',
  // From the first slot that is swapped on it goes to the end: half a rule is none.
  settles: true,
  about: ({ segment, name, cause }) => ({ segment: segment!, name: name!, cause: cause! }),
};

import type { Who } from './test-scenario.ts';

/** Who can be written to. */
export const ADDRESSED: readonly Who[] = ['ann', 'bob', 'cid'];

/** Who has a phone. */
export const PHONED: readonly Who[] = ['ann', 'cid', 'dan'];

import type { Engine } from './apply/engine.ts';

/** An engine in which nothing reacts to facts: for imports of history, and for tests of identity. */
export const quietEngine: Engine = {
  loudTypes: async () => new Map(),
  matchFacts: async () => {},
  start: async () => [],
  stop: async () => [],
  endRuns: async () => {},
  applyDeliveries: async () => [],
  moveContacts: async () => {},
  runDueSteps: async () => ({ handled: 0, facts: [] }),
};

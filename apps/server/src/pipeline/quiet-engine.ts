import type { BatchEngine, Engine } from './apply/engine.ts';

const quietBatch: BatchEngine = {
  loudTypes: () => new Set(),
  takeRunMoves: () => [],
  matchFacts: async () => {},
  start: async () => [],
  stop: async () => [],
  send: async () => {},
  sendWanted: async () => {},
  endRuns: async () => {},
  applyDeliveries: async () => [],
  endDoubles: async () => [],
  stopMembers: async () => {},
  resumeRuns: async () => {},
  steer: async () => [],
  schedule: async () => undefined,
  resume: async () => undefined,
  runDueSteps: async () => ({ handled: 0, facts: [], items: [], more: false }),
};

/** An installation without workflows: nothing reacts to facts. */
export const quietEngine: Engine = {
  begin: async () => quietBatch,
  due: [],
};

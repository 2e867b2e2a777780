import type { JsonObject } from '../../inbox/index.ts';
import type { RefFact, RefRun, RefSend } from './test-reference-state.ts';
import { STATUSES, type Status } from './test-scenario.ts';

/** Whether a message of the run got as far. */
export function hasReached(
  sends: readonly RefSend[],
  run: RefRun,
  { block, status }: JsonObject,
): boolean {
  return sends.some(
    (send) =>
      send.run === run &&
      (block === 'any' || send.block === block) &&
      send.reached > STATUSES.indexOf(status as Status),
  );
}

const TOLD = ['MessageSent', 'MessageDelivered', 'MessageOpened', 'MessageClicked'];

/** Whether a fact tells a run what it waits for. */
export function tellsStatus(
  { type, send }: RefFact,
  run: RefRun,
  { block, status }: JsonObject,
): boolean {
  if (send?.run !== run || (block !== 'any' && send.block !== block)) return false;
  return TOLD.indexOf(type) >= STATUSES.indexOf(status as Status);
}

import type { JsonObject } from '../../inbox/index.ts';
import { T0 } from '../test-workflows.ts';
import { HOUR, type Deed, type Moment, type Scenario } from './test-scenario.ts';

export const go: Extract<Deed, { do: 'event' }> = {
  do: 'event',
  who: 'ann',
  event: 'Go',
  params: { n: 1 },
  ago: 0,
  past: false,
};

export function scenario(workflows: JsonObject[], ...deeds: Deed[][]): Scenario {
  return {
    zone: 'UTC',
    start: T0,
    workflows,
    moments: deeds.map((own) => later(HOUR, own)),
  };
}

export function byGo(blocks: JsonObject, more: JsonObject = {}): JsonObject {
  const start = { type: 'event', event: 'Go' };
  return { language: 1, start, stop: [], limits: {}, first: 'b0', blocks, ...more };
}

export const rest = { type: 'timer', wait: { n: 1, unit: 'week' }, exits: {} };

/** What arrives so much later. */
export function later(length: number, deeds: Deed[]): Moment {
  return { later: length, switched: [], published: [], deeds };
}

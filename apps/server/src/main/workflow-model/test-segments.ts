import type { JsonObject } from '../../inbox/index.ts';

/** Segments of every scenario, as the segment language writes them. Time alone ends or begins some. */
export const SEGMENTS: Record<string, JsonObject> = {
  '@S0': { type: 'field', field: 'city', op: 'equals', value: 'Kyiv' },
  '@S1': {
    type: 'event',
    event: 'Buy',
    period: { kind: 'ever' },
    measure: { kind: 'count', op: 'greater_or_equal', value: 2 },
  },
  '@S2': { type: 'event', event: 'Ping', period: { kind: 'last', n: 6, unit: 'hour' } },
  '@S3': {
    type: 'event',
    event: 'Buy',
    period: { kind: 'longer_ago', n: 5, unit: 'hour' },
    measure: { kind: 'last' },
  },
  '@S4': {
    type: 'field',
    field: 'custom.moment',
    op: 'in',
    period: { kind: 'next', n: 1, unit: 'day' },
  },
  '@S5': { type: 'event', event: 'Buy', period: { kind: 'today', zone: 'workspace' } },
};

/** Segments that ask for the event that is being handled: nobody is in them as such. */
export const EVENT_SEGMENTS: Record<string, JsonObject> = {
  '@X0': { type: 'field', field: 'city', op: 'equals', value: { $event: 'city' } },
  '@X1': {
    type: 'event',
    event: 'Go',
    period: { kind: 'ever' },
    where: { param: 'order', op: 'equals', value: { $event: 'order' } },
  },
};

import type { JsonObject } from '../../inbox/index.ts';
import { T0 } from '../test-workflows.ts';
import { byGo, go, later, rest, scenario } from './test-cases.ts';
import { NAMED_MERGES } from './test-named-merges.ts';
import { NAMED_STEERING } from './test-named-steering.ts';
import { DAY, HOUR, MINUTE, type Batching, type Moment, type Scenario } from './test-scenario.ts';

const toKyiv = (next: string): JsonObject => ({
  type: 'update_fields',
  set: { city: 'Kyiv' },
  exits: { next },
});

const intoList: Moment = {
  ...quiet(MINUTE),
  deeds: [{ do: 'list', who: 'ann', list: '@L0', into: true }],
};

function quiet(length: number): Moment {
  return later(length, []);
}

function startingRegularly(schedule: JsonObject): JsonObject {
  const start = { type: 'segment', mode: 'regular', segment: '@L0', schedule };
  return byGo({ b0: { type: 'end', exits: {} } }, { start });
}

function startingMembers(weeks: number): JsonObject {
  const start = { type: 'segment', mode: 'entry', segment: '@L0', existing: true };
  return byGo({ b0: { ...rest, wait: { n: weeks, unit: 'week' } } }, { start });
}

/** What random cases may come by seldom. */
export const NAMED_CASES: Record<string, Scenario> = {
  ...NAMED_MERGES,
  ...NAMED_STEERING,
  'a run that brings its contact into its stop segment goes no further': scenario(
    [
      byGo(
        { b0: toKyiv('b1'), b1: { type: 'email', message: '@M', exits: { next: 'b2' } }, b2: rest },
        { stop: [{ type: 'segment', segment: '@S0' }] },
      ),
    ],
    [go],
  ),
  'a run that brings its contact into a segment is in it at the next block': scenario(
    [
      byGo({
        b0: toKyiv('b1'),
        b1: {
          type: 'if',
          condition: { type: 'segment', segment: '@S0' },
          exits: { yes: 'b2', no: 'b3' },
        },
        b2: { type: 'end', exits: {} },
        b3: rest,
      }),
    ],
    [go],
  ),
  'a run that waits is let go by what another one does, and takes its turn': scenario(
    [
      byGo({
        b0: {
          type: 'wait_for',
          segment: '@S0',
          timeout: { n: 1, unit: 'day' },
          exits: { happened: 'b1' },
        },
        b1: { type: 'update_fields', increment: { 'custom.score': 1 }, exits: { next: 'b2' } },
        b2: rest,
      }),
      byGo({
        b0: {
          type: 'wait_for',
          event: 'Buy',
          timeout: { n: 1, unit: 'day' },
          exits: { happened: 'b1' },
        },
        b1: toKyiv('b2'),
        b2: {
          type: 'if',
          condition: { type: 'field', field: 'custom.score', op: 'greater', value: 0 },
          exits: { yes: 'b3', no: 'b4' },
        },
        b3: { type: 'end', exits: {} },
        b4: rest,
      }),
    ],
    [go],
    [{ ...go, event: 'Buy' }],
  ),
  'a run stops another one of its contact by what it does to a field': scenario(
    [
      byGo(
        { b0: { ...rest, exits: { next: 'b1' } }, b1: { type: 'end', exits: {} } },
        { stop: [{ type: 'segment', segment: '@S0' }] },
      ),
      byGo({ b0: toKyiv('b1'), b1: rest }),
    ],
    [go],
  ),
  'a workflow that is drawn to start otherwise does not start regularly any more': {
    zone: 'UTC',
    start: T0,
    workflows: [
      byGo(
        { b0: { type: 'end', exits: {} } },
        {
          start: {
            type: 'segment',
            mode: 'regular',
            segment: '@L0',
            schedule: { every: 'day', at: '12:30' },
          },
        },
      ),
    ],
    moments: [
      {
        later: MINUTE,
        switched: [],
        published: [],
        deeds: [{ do: 'list', who: 'ann', list: '@L0', into: true }],
      },
      {
        later: HOUR,
        switched: [],
        published: [{ workflow: 0, definition: byGo({ b0: rest }), moves: undefined }],
        deeds: [],
      },
      { later: 2 * DAY, switched: [], published: [], deeds: [] },
    ],
  },
  'a schedule by cron starts at the time that its zone skips': {
    zone: 'Europe/Kyiv',
    start: Date.UTC(2026, 2, 28, 12),
    workflows: [startingRegularly({ every: 'cron', cron: '15 2-4 * * *' })],
    moments: [intoList, quiet(2 * DAY)],
  },
  'a schedule by cron starts once at the time that comes twice': {
    zone: 'Europe/Kyiv',
    start: Date.UTC(2026, 9, 24, 12),
    workflows: [startingRegularly({ every: 'cron', cron: '15 2-4 * * *' })],
    moments: [intoList, quiet(2 * DAY)],
  },
  'a version that is published in a pause serves what starts when it is over': {
    zone: 'UTC',
    start: T0,
    workflows: [byGo({ b0: rest })],
    moments: [
      { ...quiet(HOUR), switched: [{ workflow: 0, to: 'paused' }], deeds: [go] },
      {
        ...quiet(HOUR),
        published: [
          { workflow: 0, definition: byGo({ b0: toKyiv('b1'), b1: rest }), moves: undefined },
        ],
      },
      { ...quiet(HOUR), switched: [{ workflow: 0, to: 'active' }], deeds: [go] },
    ],
  },
  'members start when a version asks for them, and not again by the next one': {
    zone: 'UTC',
    start: T0,
    workflows: [byGo({ b0: rest })],
    moments: [
      intoList,
      ...[1, 2].map((n) => ({
        ...quiet(HOUR),
        published: [{ workflow: 0, definition: startingMembers(n), moves: undefined }],
      })),
    ],
  },
  'of two runs of two people who are one the first goes on': scenario(
    [byGo({ b0: rest })],
    [go],
    [{ ...go, who: 'bob' }],
    [{ do: 'merge', who: 'bob', other: 'ann' }],
    [{ ...go, who: 'ann' }],
  ),
  'a late event that nobody listens to does not make an entry late that comes with it': scenario(
    [byGo({ b0: rest }, { start: { type: 'segment', mode: 'entry', segment: '@S2' } })],
    [
      { ...go, ago: 25 * HOUR },
      { ...go, event: 'Ping' },
    ],
  ),
  'a webhook of a run that starts regularly is answered at once': {
    zone: 'UTC',
    start: T0,
    workflows: [
      {
        ...startingRegularly({ every: 'day', at: '13:00' }),
        blocks: { b0: { type: 'webhook', url: '@Y', retries: 0, exits: { ok: 'b1' } }, b1: rest },
      },
    ],
    moments: [intoList, quiet(5 * HOUR)],
  },
  'who is not in a stop segment as one goes on, though the other one was': scenario(
    [byGo({ b0: rest }, { stop: [{ type: 'segment', segment: '@S0' }] })],
    [{ do: 'fields', who: 'bob', set: { city: 'Kyiv' }, by: 'api' }],
    [go, { do: 'fields', who: 'ann', set: { city: 'Lviv' }, by: 'api' }],
    [{ do: 'merge', who: 'ann', other: 'bob' }],
  ),
};

export const BATCHINGS: Batching[] = [
  { resolved: 1_000, applied: 1_000, workers: 1, looks: [], down: [] },
  { resolved: 1, applied: 1, workers: 3, looks: [{ behind: 0, percent: 50 }], down: [] },
];

/** What comes about while the program stands still, in its third moment. */
export const STOPPED_CASES: Record<string, Scenario> = {
  'who enters a segment at a later instant than was thought did so before the time-out': {
    zone: 'UTC',
    start: T0,
    workflows: [
      byGo({
        b0: {
          type: 'wait_for',
          segment: '@S3',
          timeout: { n: 1, unit: 'day' },
          exits: { happened: 'b1', timeout: 'b2' },
        },
        b1: rest,
        b2: { type: 'end', exits: {} },
      }),
    ],
    moments: [
      later(MINUTE, [go, { ...go, event: 'Buy' }]),
      later(MINUTE, [{ ...go, event: 'Buy' }]),
      quiet(26 * HOUR),
      quiet(MINUTE),
    ],
  },
};

export const STOPPED: Batching = { ...BATCHINGS[0]!, down: [2] };

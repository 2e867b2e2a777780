import type { Definition } from '@perennial/conditions';
import { HOUR, MINUTE, type Act, type Deed } from './test-deed.ts';
import type { Story } from './test-play-story.ts';

/** Each deed after so long. */
type Told = [later: number, act: Act][];

/** A story in which everything is applied as late as it may be. */
function tell(include: unknown, told: Told): Story {
  return {
    start: Date.UTC(2026, 9, 1, 12),
    zone: 'UTC',
    lively: false,
    batching: 'when it must',
    definitions: [{ language: 1, include } as Definition],
    deeds: told.map(([later, act]): Deed => ({ act, later, toNext: undefined, joined: true })),
  };
}

const opens: Act = {
  what: 'track',
  who: 0,
  event: 'Opened',
  params: {},
  ago: 0,
  past: false,
};
const wait: Act = { what: 'wait' };

/** What random stories found. */
export const NAMED_STORIES: Record<string, Story> = {
  'a block that ended while nobody looked was there before it ended': tell(
    {
      all: [
        { type: 'channel', channel: 'email', state: 'blocked' },
        {
          type: 'event',
          event: 'Opened',
          measure: { kind: 'count', op: 'equals', value: 0 },
          period: { kind: 'last', n: 1, unit: 'hour' },
        },
      ],
    },
    [
      [0, { what: 'set', who: 0, fields: { email: 'a@example.com' }, ago: 0, confirmed: true }],
      [
        MINUTE,
        {
          what: 'suppress',
          place: { channel: 'email', address: 'a@example.com' },
          reason: 'blocked',
          hours: 24,
        },
      ],
      [MINUTE, opens],
      [30 * HOUR, wait],
    ],
  ),
  'a run ends when what stops it arrives, not when that is applied': tell(
    {
      type: 'workflow',
      workflow: '#2',
      state: 'stopped',
      period: { kind: 'last', n: 1, unit: 'hour' },
    },
    [
      [0, opens],
      [MINUTE, { what: 'start', who: 0, workflow: 1 }],
      [MINUTE, opens],
      [30 * HOUR, wait],
    ],
  ),
  'a run that is stopped by hand ends when the wish arrives': tell(
    {
      type: 'workflow',
      workflow: '#2',
      state: 'stopped',
      period: { kind: 'last', n: 1, unit: 'hour' },
    },
    [
      [0, opens],
      [MINUTE, { what: 'start', who: 0, workflow: 1 }],
      [MINUTE, { what: 'stop', who: 0, workflow: 1 }],
      [30 * HOUR, wait],
    ],
  ),
};

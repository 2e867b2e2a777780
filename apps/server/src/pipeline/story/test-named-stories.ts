import type { Definition } from '@perennial/conditions';
import { HOUR, MINUTE, type Act, type Deed } from './test-deed.ts';
import type { Story } from './test-play-story.ts';

/** Each deed after so long. */
type Told = [later: number, act: Act][];

/** A story in which everything is applied as late as it may be, or each deed by itself. */
function tell(include: unknown, told: Told, { joined = true } = {}): Story {
  return {
    start: Date.UTC(2026, 9, 1, 12),
    zone: 'UTC',
    lively: false,
    batching: joined ? 'when it must' : 'as told',
    definitions: [{ language: 1, include } as Definition],
    deeds: told.map(([later, act]): Deed => ({ act, later, toNext: undefined, joined })),
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
  'of whom there is much, an event tells at once that they were seen': tell(
    {
      all: [
        { type: 'event', event: 'Opened', period: { kind: 'ever' } },
        {
          type: 'field',
          field: 'last_seen_at',
          op: 'in',
          period: { kind: 'last', n: 1, unit: 'hour' },
        },
      ],
    },
    [
      [0, opens],
      [MINUTE, opens],
      [MINUTE, opens],
      [30 * HOUR, opens],
      [MINUTE, wait],
    ],
  ),
  'an event that names somebody counts when it arrives': tell(
    { type: 'field', field: 'external_id', op: 'is_set' },
    [
      [0, { ...opens, who: 2 }],
      [MINUTE, { what: 'name', user: 0, anonymous: 0, email: null }],
      [MINUTE, { ...opens, who: 2 }],
      [HOUR, wait],
    ],
  ),
  'an address that comes with an event counts when it arrives': tell(
    { type: 'channel', channel: 'email', state: 'subscribed' },
    [
      [0, opens],
      [MINUTE, { what: 'name', user: 0, anonymous: 0, email: 'a@example.com' }],
      [MINUTE, opens],
      [HOUR, wait],
    ],
  ),
  'a web push subscription is an address': tell(
    { type: 'channel', channel: 'web_push', state: 'subscribed' },
    [
      [0, opens],
      [MINUTE, { what: 'name', user: 0, anonymous: 0, email: null, webPush: 'w1' }],
      [HOUR, wait],
    ],
    // The resolver writes what contacts are found by, and is ahead of what waits in the queues.
    { joined: false },
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

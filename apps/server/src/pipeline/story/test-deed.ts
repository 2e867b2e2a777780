import type { Definition, Json } from '@perennial/conditions';
import fc from 'fast-check';
import type { DeviceFacts, JsonObject, OrderFacts } from '../../inbox/index.ts';
import { storyDefinition } from './test-definition.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What happens; numbers are read as whatever there is at the time. */
export type Act =
  | { what: 'track'; who: number; event: string; params: JsonObject; ago: number; past: boolean }
  | { what: 'set'; who: number; fields: JsonObject; ago: number; confirmed: boolean }
  | { what: 'list'; who: number; enters: boolean }
  | { what: 'choose'; who: number; category: string; subscribed: boolean }
  | { what: 'confirm'; who: number }
  | { what: 'login'; user: number; anonymous: number }
  | { what: 'name'; user: number; anonymous: number; email: string | null; webPush?: string }
  | { what: 'see'; who: number; device: DeviceFacts }
  | { what: 'order'; who: number; order: OrderFacts; ago: number }
  | { what: 'report'; n: number; reports: Report[] }
  | { what: 'delete' | 'restore' | 'erase'; who: number }
  | { what: 'merge'; keep: number; drop: number }
  | { what: 'undo'; n: number }
  | { what: 'suppress'; place: Place; reason: Reason; hours: number | undefined }
  | { what: 'lift'; place: Place; reason: Reason }
  | { what: 'start'; who: number; workflow: number }
  | { what: 'stop'; who: number; workflow: number }
  | { what: 'redefine'; n: number; rule: Definition; slices: number }
  | { what: 'compute'; slices: number }
  | { what: 'cancel' }
  | { what: 'move'; zone: string; currency: string }
  | { what: 'wait' };

/** Acts of one kind. */
export type ActOf<What> = Extract<Act, { what: What }>;

export interface Place {
  channel: string;
  address: string;
}

export type Reason = 'bounced' | 'blocked' | 'unsubscribed' | 'complained' | 'blacklisted';

/** What is said of a delivery, of those there are. */
export interface Report {
  status: 'sent' | 'delivered' | 'opened' | 'clicked' | 'undelivered';
  machine: boolean;
  ago: number;
}

/** An act, and when it is done. */
export interface Deed {
  act: Act;
  /** The clock goes on by this before it arrives. */
  later: number;
  /** Or to where time alone may change something next, or to just before. */
  toNext: 'there' | 'before' | undefined;
  /** The world that batches as told applies it with the next. */
  joined: boolean;
}

/** Types of the events of the stories. */
export const EVENTS = ['Strength', 'Opened'] as const;

/** Of orders, and of workspaces. */
const CURRENCIES = ['UAH', 'EUR'] as const;

export const EMAILS = ['a@example.com', 'b@example.com'];
export const PUSH_TOKENS = ['t1', 't2'];
export const ZONES = ['UTC', 'Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe'];

const who = fc.nat(3);
const words = fc.constantFrom('A', 'a', 'B', '5', 'true', '2026-10-14');
const scalar = fc.oneof(words, fc.integer({ min: -5, max: 9 }), fc.boolean());
const value: fc.Arbitrary<Json> = fc.oneof(
  scalar,
  fc.constantFrom<Json>(null, '', [], 5.5),
  fc.array(scalar, { maxLength: 2 }),
);
const params = fc.record(
  {
    p: value,
    q: value,
    tags: fc.array(words, { maxLength: 2 }),
    list: fc.array(fc.record({ v: value }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

const ago = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 2 * DAY }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 * DAY }) },
);

const fields = fc.record(
  {
    'custom.plan': fc.option(words),
    'custom.score': fc.option(fc.constantFrom(0, 1, 5, 5.5, 100)),
    'custom.active': fc.option(fc.boolean()),
    'custom.trial_end': fc.option(
      fc.constantFrom('2026-10-24', '2026-10-25', '2026-10-26', '2024-02-29'),
    ),
    'custom.seen': fc.option(
      fc.constantFrom(
        '2026-10-24T22:30:00.000Z',
        '2026-10-25T00:30:00.000Z',
        '2026-11-01T05:59:59.999Z',
      ),
    ),
    'custom.tags': fc.option(fc.uniqueArray(fc.constantFrom('A', 'B', '5'), { maxLength: 2 })),
    city: fc.option(words),
    'address.street': fc.option(words),
    email: fc.option(fc.constantFrom(...EMAILS)),
    birthday: fc.option(fc.constantFrom('1990-10-25', '2000-02-29')),
    time_zone: fc.option(fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Australia/Lord_Howe')),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

/** Two devices that go from hand to hand. */
const device = fc.record(
  {
    deviceId: fc.constantFrom('d1', 'd2'),
    app: fc.constantFrom('fit', 'run'),
    platform: fc.constantFrom('a', 'ios'),
    osVersion: fc.constantFrom('1.2', '1.10', '2'),
    appVersion: fc.constantFrom('1.2', '1.2.0', 'beta'),
    model: fc.constantFrom('A'),
    pushToken: fc.constantFrom(...PUSH_TOKENS),
    pushEnabled: fc.boolean(),
  },
  { requiredKeys: ['deviceId'] },
) as fc.Arbitrary<DeviceFacts>;

const order = fc.record(
  {
    externalOrderId: fc.constantFrom('o1', 'o2', 'o3'),
    status: fc.constantFrom('IN_PROGRESS', 'DELIVERED', 'CANCELLED'),
    total: fc.constantFrom(0, 5, 5.5, 100),
    currency: fc.constantFrom(...CURRENCIES),
    details: params,
    orderedAt: fc.nat(3 * DAY),
  },
  { requiredKeys: ['externalOrderId', 'status'] },
) as fc.Arbitrary<OrderFacts>;

const reports = fc.array(
  fc.record({
    status: fc.constantFrom<Report['status'][]>(
      ...(['sent', 'delivered', 'opened', 'opened', 'clicked', 'undelivered'] as const),
    ),
    machine: fc.boolean(),
    ago: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 * DAY })),
  }),
  { minLength: 1, maxLength: 3 },
);

const place = fc.oneof(
  fc.record({ channel: fc.constant('email'), address: fc.constantFrom(...EMAILS) }),
  fc.record({ channel: fc.constant('mobile_push'), address: fc.constantFrom(...PUSH_TOKENS) }),
);
const reason = fc.constantFrom<Reason[]>('bounced', 'blocked', 'unsubscribed', 'blacklisted');

const acts: { weight: number; arbitrary: fc.Arbitrary<Act> }[] = [
  act(18, 'track', {
    who,
    event: fc.constantFrom(...EVENTS),
    params,
    ago,
    past: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  }),
  act(10, 'set', { who, fields, ago, confirmed: fc.boolean() }),
  act(3, 'list', { who, enters: fc.boolean() }),
  act(3, 'choose', {
    who,
    category: fc.constantFrom('news', 'offers'),
    subscribed: fc.boolean(),
  }),
  act(1, 'confirm', { who }),
  act(3, 'login', { user: fc.nat(1), anonymous: fc.nat(1) }),
  act(3, 'name', {
    user: fc.nat(1),
    anonymous: fc.nat(1),
    email: fc.option(fc.constantFrom(...EMAILS)),
  }),
  act(5, 'see', { who, device }),
  act(5, 'order', { who, order, ago }),
  act(5, 'start', { who, workflow: fc.nat(1) }),
  act(2, 'stop', { who, workflow: fc.nat(1) }),
  act(8, 'report', { n: fc.nat(5), reports }),
  act(3, 'suppress', {
    place,
    reason,
    hours: fc.option(fc.constantFrom(1, 24, 100), { nil: undefined }),
  }),
  act(2, 'lift', { place, reason }),
  act(2, 'delete', { who }),
  act(2, 'restore', { who }),
  act(1, 'erase', { who }),
  act(3, 'merge', { keep: fc.nat(30), drop: fc.nat(30) }),
  act(2, 'undo', { n: fc.nat(30) }),
  act(3, 'redefine', { n: fc.nat(5), rule: storyDefinition, slices: fc.nat(4) }),
  act(3, 'compute', { slices: fc.integer({ min: 1, max: 9 }) }),
  act(1, 'cancel', {}),
  act(1, 'move', { zone: fc.constantFrom(...ZONES), currency: fc.constantFrom(...CURRENCIES) }),
  act(16, 'wait', {}),
];

function act<What extends Act['what']>(
  weight: number,
  what: What,
  members: {
    [Key in keyof Omit<Extract<Act, { what: What }>, 'what' | 'webPush'>]: fc.Arbitrary<unknown>;
  },
): { weight: number; arbitrary: fc.Arbitrary<Act> } {
  const arbitrary = fc.record({ what: fc.constant(what), ...members }) as fc.Arbitrary<unknown>;
  return { weight, arbitrary: arbitrary as fc.Arbitrary<Act> };
}

export const anyDeed: fc.Arbitrary<Deed> = fc.record({
  act: fc.oneof(...acts),
  later: fc.oneof(
    fc.constantFrom(0, 1, MINUTE, HOUR, DAY, 7 * DAY, 30 * DAY),
    fc.integer({ min: 0, max: 3 * DAY }),
  ),
  toNext: fc.option(fc.constantFrom('there' as const, 'before' as const), { nil: undefined }),
  joined: fc.boolean(),
});

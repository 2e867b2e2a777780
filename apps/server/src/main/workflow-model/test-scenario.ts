import fc from 'fast-check';
import type { JsonObject } from '../../inbox/index.ts';
import type { Channel } from './test-channels.ts';
import { anyWorkflow } from './test-drawing.ts';

export const PEOPLE = ['ann', 'bob', 'cid', 'dan'] as const;
export type Who = (typeof PEOPLE)[number];

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Something that reaches the workspace from outside. */
export type Deed =
  | {
      do: 'event';
      who: Who;
      event: string;
      params: JsonObject;
      key?: string | undefined;
      /** How long before its arrival it happened, in milliseconds. */
      ago: number;
      past: boolean;
    }
  | { do: 'fields'; who: Who; set: JsonObject; by: 'api' | 'manual' }
  /** A date comes to stand so far from the scenario's beginning, as a day or an instant. */
  | { do: 'date'; who: Who; days: number | null; field: DateField }
  | NamingDeed
  | { do: 'order'; who: Who; id: string; status: OrderStatus; total: number }
  /** A device of the contact says whether it takes pushes. */
  | { do: 'device'; who: Who; n: number; pushes: boolean }
  | { do: 'list'; who: Who; list: string; into: boolean }
  /** Somebody says that another contact is the same person. */
  | { do: 'merge'; who: Who; other: Who }
  | { do: 'start'; who: Who; workflow: number; params: JsonObject }
  | { do: 'stop'; who: Who; workflow: number };

/** Something about what is there already when its moment begins, and is named as that. */
export type NamingDeed =
  /** What became of the last message that the contact was sent, on the nth of its addresses. */
  | { do: 'report'; who: Who; what: Report; n: number }
  /** Somebody says that the nth of those merges that hold was wrong. */
  | { do: 'undo'; n: number }
  /** One run, the nth of those of the contact that go on, or that failed. */
  | { do: 'stop_run'; who: Who; n: number }
  | { do: 'retry_run'; who: Who; n: number }
  /** All runs of a workflow that began until now, or all that failed. */
  | { do: 'stop_all'; workflow: number }
  | { do: 'retry_all'; workflow: number };

const NAMING: readonly Deed['do'][] = [
  'report',
  'undo',
  'stop_run',
  'retry_run',
  'stop_all',
  'retry_all',
];

export function isNaming(deed: Deed): deed is NamingDeed {
  return NAMING.includes(deed.do);
}

/** What a delivery has come to. */
export type Status =
  | 'queued'
  | 'sent'
  | 'undelivered'
  | 'delivered'
  | 'opened'
  | 'clicked'
  | 'unsubscribed'
  | 'complained';
/** What is told of a delivery; by the last of these its address is dead. */
export type Report = Exclude<Status, 'queued'> | 'bounced';

/** What is told of the messages of each channel. */
export const REPORTED: Record<Channel, readonly Report[]> = {
  email: [
    'sent',
    'delivered',
    'opened',
    'clicked',
    'undelivered',
    'bounced',
    'unsubscribed',
    'complained',
  ],
  sms: ['sent', 'delivered', 'clicked', 'undelivered', 'bounced', 'unsubscribed'],
  viber: ['sent', 'delivered', 'opened', 'clicked', 'undelivered'],
  telegram: ['sent', 'delivered', 'opened', 'clicked', 'undelivered'],
  web_push: ['sent', 'delivered', 'clicked', 'undelivered'],
  mobile_push: ['sent', 'delivered', 'opened', 'clicked', 'undelivered'],
  app_inbox: ['delivered', 'opened', 'clicked'],
  in_app: ['delivered', 'opened', 'clicked'],
};

export type WorkflowState = 'active' | 'paused' | 'archived';

/** What is archived can only be made active again. */
export function isTurn(from: WorkflowState, to: WorkflowState): boolean {
  return from !== to && !(from === 'archived' && to === 'paused');
}
export const ORDER_STATUSES = ['INITIALIZED', 'DELIVERED', 'CANCELLED'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export type DateField = 'custom.day' | 'custom.moment';

/** What arrives at one instant, in this order. */
export interface Moment {
  /** Milliseconds after the moment before. */
  later: number;
  /** Workflows that are paused or archived, or go on, just before. */
  switched: { workflow: number; to: WorkflowState }[];
  /** New versions that are published then. */
  published: Publication[];
  deeds: Deed[];
}

/** A workflow gets a new version. */
export interface Publication {
  workflow: number;
  definition: JsonObject;
  /**
   * Runs of the version before follow the new one: of blocks that it has not, they end or go on with
   * its first. Otherwise they stay on theirs.
   */
  moves: 'end' | 'first' | undefined;
}

export interface Scenario {
  zone: string;
  /** When it begins; in many zones just before the clock is changed. */
  start: number;
  workflows: JsonObject[];
  moments: Moment[];
}

const NOON = Date.UTC(2026, 5, 1, 12);

/** Zones, and when a scenario may begin there. */
const ZONES: readonly { zone: string; start: number }[] = [
  { zone: 'UTC', start: NOON },
  { zone: 'Asia/Kolkata', start: NOON },
  { zone: 'America/Bogota', start: NOON },
  { zone: 'Europe/Kyiv', start: Date.UTC(2026, 2, 28, 12) },
  { zone: 'Europe/Kyiv', start: Date.UTC(2026, 9, 24, 12) },
  { zone: 'America/New_York', start: Date.UTC(2026, 2, 7, 12) },
  { zone: 'America/New_York', start: Date.UTC(2026, 9, 31, 12) },
  // Midnight is skipped, and comes twice.
  { zone: 'Africa/Cairo', start: Date.UTC(2026, 3, 23, 12) },
  { zone: 'Africa/Cairo', start: Date.UTC(2026, 9, 29, 12) },
  // By half an hour.
  { zone: 'Australia/Lord_Howe', start: Date.UTC(2026, 3, 4, 6) },
  { zone: 'Australia/Lord_Howe', start: Date.UTC(2026, 9, 3, 6) },
];

/** Where contacts may be. */
export const CONTACT_ZONES = ['Africa/Cairo', 'Europe/Kyiv', 'America/Bogota'] as const;

/** The fields that a deed sets. */
export function fieldsOf(
  deed: Extract<Deed, { do: 'fields' | 'date' }>,
  { start }: Pick<Scenario, 'start'>,
): JsonObject {
  if (deed.do === 'fields') return deed.set;
  const { days, field } = deed;
  if (days === null) return { [field]: null };
  const text = new Date(start + days * DAY).toISOString();
  return { [field]: field === 'custom.day' ? text.slice(0, 10) : text };
}

/** How a world takes a scenario. But for `down` none of it may change what becomes of it. */
export interface Batching {
  /** Items of a batch, where the queues are resolved and where they are applied. */
  resolved: number;
  applied: number;
  workers: number;
  /** Further instants at which the engine looks, by the moment behind which they lie. */
  looks: { behind: number; percent: number }[];
  /** Moments that find the engine down: what arrives then waits, and what is due comes late. */
  down: number[];
}

export const WORKFLOWS = 4;

const who = fc.constantFrom(...PEOPLE);
const amount = fc.integer({ min: 0, max: 4 });
const params = fc.record({ n: amount, order: fc.constantFrom('o1', 'o2') });

const someEvent: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('event' as const),
  who,
  event: fc.constantFrom(...Array.from({ length: 5 }, () => 'Go'), 'Buy', 'Ping'),
  params,
  key: fc.option(fc.constantFrom('o1', 'o2'), { nil: undefined }),
  ago: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 30 * MINUTE, 25 * HOUR),
  past: fc.constantFrom(...Array.from({ length: 9 }, () => false), true),
});

const someFields: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('fields' as const),
  who,
  set: fc.oneof(
    fc.record({ city: fc.constantFrom('Kyiv', 'Lviv', null) }),
    fc.record({
      time_zone: fc.constantFrom(...CONTACT_ZONES, null),
    }),
    fc.record({ 'custom.score': amount }),
  ),
  by: fc.constantFrom('api' as const, 'api' as const, 'manual' as const),
});

/** Anybody's birthday was long ago. */
const someDate: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('date' as const),
  who,
  days: fc.constantFrom(-2, 0, 0.3, 0.5, 1, 1.25, 2, 3, 5, -730, -1096, null),
  field: fc.constantFrom('custom.day' as const, 'custom.moment' as const),
});

const someReport: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('report' as const),
  who,
  what: fc.constantFrom(
    'sent' as const,
    'delivered' as const,
    'opened' as const,
    'opened' as const,
    'clicked' as const,
    'undelivered' as const,
    'bounced' as const,
    'unsubscribed' as const,
    'complained' as const,
  ),
  n: fc.nat({ max: 5 }),
});

const someOrder: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('order' as const),
  who,
  id: fc.constantFrom('o1', 'o2'),
  status: fc.constantFrom(...ORDER_STATUSES),
  total: amount,
});

/** What is told to many. */
const someNews: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('event' as const),
  who,
  event: fc.constant('News'),
  params: fc.record(
    { n: amount, order: fc.constantFrom('o1', 'o2'), city: fc.constantFrom('Kyiv', 'Lviv') },
    { requiredKeys: ['n'] },
  ),
  key: fc.option(fc.constantFrom('o1', 'o2'), { nil: undefined }),
  ago: fc.constantFrom(0, 0, 0, 30 * MINUTE, 25 * HOUR),
  past: fc.constantFrom(false, false, false, true),
});

/** The app of each device that somebody may have. */
export const APPS = ['shop', 'shop', 'club'] as const;

const someDevice: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('device' as const),
  who,
  n: fc.nat({ max: APPS.length - 1 }),
  pushes: fc.constantFrom(true, true, false),
});

const someList: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('list' as const),
  who,
  list: fc.constantFrom('@L0', '@L1'),
  into: fc.boolean(),
});

const workflow = fc.integer({ min: 0, max: WORKFLOWS - 1 });
const byHand: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const), who, workflow, params }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const), who, workflow }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('stop_run' as const, 'retry_run' as const, 'retry_run' as const),
      who,
      n: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('stop_all' as const, 'retry_all' as const, 'retry_all' as const),
      workflow,
    }),
  },
);

const someMerge: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constant('merge' as const), who, other: who }),
  fc.record({ do: fc.constant('undo' as const), n: fc.nat({ max: 5 }) }),
);

const deed = fc.oneof(
  { weight: 9, arbitrary: someEvent },
  { weight: 2, arbitrary: someFields },
  { weight: 1, arbitrary: someDate },
  { weight: 1, arbitrary: someNews },
  { weight: 2, arbitrary: someReport },
  { weight: 1, arbitrary: someOrder },
  { weight: 1, arbitrary: someList },
  { weight: 2, arbitrary: someDevice },
  { weight: 2, arbitrary: byHand },
  { weight: 1, arbitrary: someMerge },
);

/** A workflow rests from a moment on, for so many moments. */
interface Rest {
  workflow: number;
  as: 'paused' | 'archived';
  moments: number;
}

const rests = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Rest[]>([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.record({
        workflow,
        as: fc.constantFrom('paused' as const, 'archived' as const),
        moments: fc.constantFrom(1, 1, 2, 3, Infinity),
      }),
      { minLength: 1, maxLength: 1 },
    ),
  },
);

const moment = fc.record({
  later: fc.constantFrom(1, MINUTE, 10 * MINUTE, HOUR, 5 * HOUR, DAY, 2 * DAY),
  rests,
  published: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Publication[]>([]) },
    {
      weight: 1,
      arbitrary: fc.array(
        fc.record({
          workflow,
          definition: anyWorkflow,
          moves: fc.constantFrom('end' as const, 'first' as const, undefined),
        }),
        { minLength: 1, maxLength: 1 },
      ),
    },
  ),
  deeds: fc.array(deed, { minLength: 2, maxLength: 8 }),
});

export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    place: fc.constantFrom(...ZONES),
    workflows: fc.array(anyWorkflow, { minLength: WORKFLOWS, maxLength: WORKFLOWS }),
    moments: fc.array(moment, { minLength: 6, maxLength: 14 }),
  })
  .map(({ place, workflows, moments }) => ({ ...place, workflows, moments: switching(moments) }));

/** Each rest becomes two switches, of which the second may lie behind the end. */
function switching(moments: (Omit<Moment, 'switched'> & { rests: Rest[] })[]): Moment[] {
  const switched: Moment['switched'][] = moments.map(() => []);
  for (const [n, { rests: begun }] of moments.entries()) {
    for (const { workflow: own, as, moments: length } of begun) {
      switched[n]!.push({ workflow: own, to: as });
      switched[n + length]?.push({ workflow: own, to: 'active' });
    }
  }
  return moments.map(({ rests: _, ...each }, n) => ({ ...each, switched: switched[n]! }));
}

const looks = fc.array(
  fc.record({ behind: fc.nat({ max: 13 }), percent: fc.integer({ min: 1, max: 99 }) }),
  { maxLength: 4 },
);
const workers = fc.constantFrom(1, 1, 3);
const resolved = fc.constantFrom(1, 3, 7, 1_000);

/**
 * A batch that leaves something in the queue lets steps pass it that were due before it arrived, so
 * late batches are of a size.
 */
export const anyBatching: fc.Arbitrary<Batching> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      resolved,
      applied: fc.constantFrom(1, 2, 5, 1_000),
      workers,
      looks,
      down: fc.constant<number[]>([]),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      resolved,
      applied: fc.constant(1_000),
      workers,
      looks,
      down: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
    }),
  },
);

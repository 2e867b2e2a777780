import type {
  ExplainedCondition,
  SegmentDay,
  SegmentExplanation,
  SegmentVocabulary,
} from '@perennial/contracts';
import type { Answer, Request } from './answer.ts';
import { control } from './control.ts';
import { contact } from './people.ts';
import { get, post } from './replies.ts';
import { minutesAgo, seeded } from './seeded.ts';

const field = (
  key: string,
  name: string,
  type: string,
  more: Partial<SegmentVocabulary['fields'][number]> = {},
) => ({ field: key, name, type, choices: null, group: null, ...more });

const vocabulary: SegmentVocabulary = {
  fields: [
    field('email', 'Email', 'text'),
    field('phone', 'Phone', 'text'),
    field('first_name', 'First name', 'text'),
    field('birthday', 'Birthday', 'date'),
    field('language', 'Language', 'text', { choices: ['en', 'uk', 'ar', 'de'] }),
    field('country', 'Country', 'text', { choices: ['GB', 'UA', 'DE', 'EG'] }),
    field('city', 'City', 'text'),
    field('created_at', 'Created', 'date_time'),
    field('last_seen_at', 'Last seen', 'date_time'),
    field('custom.plan', 'Plan', 'choice', { choices: ['free', 'pro'], group: 'Subscription' }),
    field('custom.trial_end', 'End of the trial', 'date', { group: 'Subscription' }),
    field('custom.score', 'Score', 'decimal', { group: 'Training' }),
    field('custom.goals', 'Goals', 'multiple_choice', {
      choices: ['Strength', 'Mobility', 'Running'],
      group: 'Training',
    }),
  ],
  event_types: [
    {
      key: 'WorkoutCompleted',
      name: 'Completed a workout',
      category: 'training',
      params: [
        { path: 'workout', types: ['string'], examples: ['Strength', 'Yoga', 'Intervals'] },
        { path: 'minutes', types: ['number'], examples: [12, 45] },
        { path: 'burned', types: ['number', 'string'], examples: [320, '510'] },
        { path: 'personal_best', types: ['boolean'], examples: [true] },
        { path: 'exercises[].name', types: ['string'], examples: ['Squat', 'Plank'] },
      ],
    },
    { key: 'AppOpened', name: 'Opened the app', category: 'app', params: [] },
    {
      key: 'PurchaseCompleted',
      name: 'Completed a purchase',
      category: 'app',
      params: [{ path: 'cart.total', types: ['number'], examples: [19.9] }],
    },
  ],
  channels: ['email', 'mobile_push', 'sms'].map((key) => ({
    key,
    states: [
      'subscribed',
      'unconfirmed',
      'unsubscribed',
      'complained',
      'bounced',
      'blocked',
      'blacklisted',
      'reachable',
      'absent',
    ],
  })),
  categories: [
    { key: 'news', name: 'News' },
    { key: 'offers', name: 'Offers and discounts' },
  ],
  segments: [
    { id: '1', name: 'Beta testers', kind: 'list' },
    { id: '4', name: 'Клуб бігунів Києва', kind: 'list' },
    { id: '6', name: 'أصدقاء التطبيق', kind: 'list' },
    { id: '8', name: 'Silent for nine days', kind: 'dynamic' },
  ],
  workflows: [{ id: '1', name: 'Welcome', state: 'active' }],
  messages: [{ id: '1', name: 'Welcome', channel: 'email' }],
  tags: ['Product', 'Sale'],
  apps: [{ key: 'fit', name: 'Fit' }],
  time_zone: 'Europe/Berlin',
  currency: 'EUR',
};

/** A count that stays the same for the same rule. */
function countOf({ body }: Request): number {
  return control.items === 0 ? 0 : Math.floor(seeded(JSON.stringify(body['definition'])) * 60_000);
}

function explained(node: unknown): ExplainedCondition {
  const of = node as Record<string, unknown>;
  const result = seeded(JSON.stringify(node)) < 0.7;
  const parts = (['all', 'any'] as const).flatMap((join) => (of[join] as unknown[]) ?? []);
  const children = [
    ...parts,
    ...(of['not'] ? [of['not']] : []),
    ...(of['include'] ? [of['include']] : []),
    ...(of['exclude'] ? [of['exclude']] : []),
  ].map(explained);
  const values: Record<string, Record<string, unknown>> = {
    event: { count: 3, from: minutesAgo(43_200), to: minutesAgo(0) },
    field: { value: 'Kyiv' },
    segment: { since: minutesAgo(9000) },
    channel: { states: ['subscribed', 'reachable'] },
  };
  return { node, result, values: values[String(of['type'])] ?? {}, sentence: '', children };
}

function explanation(definition: unknown): SegmentExplanation {
  return {
    member: true,
    kept: { member: true, entered_at: minutesAgo(8_000) },
    next_change_at: minutesAgo(-4_000),
    missing: [],
    tree: explained(definition),
  };
}

export const dynamicRule = {
  language: 1,
  include: {
    all: [
      {
        type: 'event',
        event: 'AppOpened',
        measure: { kind: 'last' },
        period: { kind: 'longer_ago', n: 9, unit: 'day' },
      },
      { not: { type: 'channel', channel: 'email', state: 'absent' } },
    ],
  },
};

export function days(size: number, seed: number): SegmentDay[] {
  let now = size;
  return Array.from({ length: 30 }, (_, n) => {
    const entered = Math.floor(seeded('entered', seed, n) * size * 0.03);
    const left = Math.floor(seeded('left', seed, n) * size * 0.02);
    const day = { day: minutesAgo(n * 1440).slice(0, 10), size: now, entered, left };
    now = Math.max(0, now - entered + left);
    return day;
  }).reverse();
}

export const dynamicAnswers: readonly Answer[] = [
  get(/^\/segments\/vocabulary$/, () => vocabulary),
  post(/^\/segments\/preview$/, (request) => {
    const count = countOf(request);
    return {
      count,
      sample: Array.from({ length: Math.min(10, count) }, (_, n) => contact(n * 7)),
      took_ms: 40 + (count % 400),
      warnings: [],
    };
  }),
  post(/^\/segments\/explain$/, ({ body }) => explanation(body['definition'])),
  get(/^\/segments\/(\d+)\/explain$/, () => explanation(dynamicRule)),
  get(/^\/segments\/overlap$/, ({ query }) => {
    const ids = (query.get('ids') ?? '').split(',');
    const regions = Array.from({ length: 2 ** ids.length - 1 }, (_, n) => {
      const held = ids.filter((_id, bit) => ((n + 1) >> bit) & 1);
      return { in: held, count: Math.floor(seeded('overlap', ...held) * 9000) };
    });
    return { regions, took_ms: 21 };
  }),
];

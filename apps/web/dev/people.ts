import type { Activity, ContactCard, ContactChannel, Event } from '@perennial/contracts';
import { minutesAgo, pick, seeded } from './seeded.ts';

const firstNames = [
  'Maya',
  'Jonas',
  'Aisha',
  'Luca',
  'Олена',
  'Priya',
  'Tomás',
  'يوسف',
  'Sofia',
  'Daniel',
  'Mei',
  'Amara',
  'Felix',
  'Noor',
  'Ingrid',
];
const lastNames = [
  'Bergström',
  'Okafor',
  'Ferreira',
  'Ковальчук',
  'Nakamura',
  'Haddad',
  'Novak',
  'O’Brien',
  'Lindqvist',
  'Moreau',
  'Singh',
  'Rossi',
  'van der Berg-Hohenstein of the Extremely Long Family Name',
];
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Europe/Kyiv', 'Africa/Lagos'];
const languages = ['en', 'de', 'uk', 'pt-BR', 'ar'];

const statuses = ['subscribed', 'subscribed', 'subscribed', 'unsubscribed', 'bounced'] as const;

function address(
  channel: string,
  where: string,
  status: (typeof statuses)[number],
  seen: number,
): ContactChannel {
  return {
    channel,
    address: where,
    app: channel === 'mobile_push' ? 'Fit for iOS' : null,
    status,
    status_at: minutesAgo(seen + 3000),
    until: null,
    reason: status === 'bounced' ? '5.1.1 No such mailbox' : null,
    source: 'sdk',
    consent: {
      status: 'subscribed',
      at: minutesAgo(seen + 9000),
      source: 'form',
      text: 'Yes, send me plans and news by email.',
    },
    suppressions:
      status === 'subscribed'
        ? []
        : [
            {
              reason: status,
              since: minutesAgo(seen + 3000),
              until: null,
              details: status === 'bounced' ? '5.1.1 No such mailbox' : null,
              source: 'web',
            },
          ],
  };
}

/** The n-th made-up contact. */
export function contact(n: number): ContactCard {
  const anonymous = seeded('anonymous', n) < 0.06;
  const first = anonymous ? null : pick(firstNames, 'first', n);
  const last = anonymous ? null : pick(lastNames, 'last', n);
  const email = anonymous ? null : `user${n}@example.com`;
  const phone = !anonymous && seeded('phone', n) < 0.5 ? `+4915${String(10000000 + n)}` : null;
  const seen = Math.floor(seeded('seen', n) ** 3 * 60 * 24 * 40);
  return {
    id: String(100_000 + n),
    device_platform: [],
    external_id: anonymous ? null : `fit-${10_000 + n}`,
    email,
    phone,
    first_name: first,
    last_name: last,
    gender: pick(['female', 'male', null], 'gender', n),
    birthday: `19${70 + (n % 30)}-0${1 + (n % 9)}-1${n % 9}`,
    country: pick(['DE', 'US', 'JP', 'UA', 'NG'], 'zone', n),
    region: null,
    city: pick(['Berlin', 'New York', 'Tokyo', 'Kyiv', 'Lagos'], 'zone', n),
    address: null,
    contact_key: null,
    identifiers: anonymous
      ? []
      : [
          {
            kind: 'external_id',
            value: `fit-${10_000 + n}`,
            set_at: minutesAgo(seen + 5000),
            source: 'sdk',
            retired: false,
          },
          {
            kind: 'device_id',
            value: `device-${n}`,
            set_at: minutesAgo(seen + 5000),
            source: 'sdk',
            retired: false,
          },
        ],
    merged: n % 9 === 0 ? [String(200_000 + n)] : [],
    conflicts:
      n % 4 === 0
        ? [
            {
              id: String(n + 1),
              field: 'birthday',
              value: '31.02.1990',
              reason: 'not_a_date',
              source: 'api',
              at: minutesAgo(seen),
              converted: null,
            },
          ]
        : [],
    set_at: {
      first_name: { at: minutesAgo(seen + 5000), source: 'identify', weak: false },
      'custom.plan': { at: minutesAgo(seen + 90), source: 'sdk', weak: false },
      time_zone: { at: minutesAgo(seen), source: 'sdk', weak: true },
    },
    category_choices: [
      {
        category: 'news',
        name: 'News',
        subscribed: true,
        at: minutesAgo(seen + 9000),
        source: 'form',
        text: 'Yes, send me plans and news by email.',
      },
      {
        category: 'offers',
        name: 'Offers',
        subscribed: false,
        at: null,
        source: null,
        text: null,
      },
    ],
    counts: {
      event: 1520,
      send: 48,
      order: 0,
      form: 1,
      segment: 6,
      subscription: 2,
      field: 9,
      profile: 1,
      exact: true,
    },
    language: pick(languages, 'zone', n),
    time_zone: pick(zones, 'zone', n),
    source: pick(['api', 'import', 'sdk', 'event', 'form'], 'source', n),
    created_at: minutesAgo(seen + Math.floor(seeded('created', n) * 60 * 24 * 90)),
    updated_at: minutesAgo(seen),
    last_seen_at: minutesAgo(seen),
    deleted_at: null,
    custom: {
      plan: pick(['free', 'trial', 'premium'], 'plan', n),
      streak_days: Math.floor(seeded('streak', n) * 90),
      weekly_goal: 3 + (n % 4),
      favourite_workouts: ['yoga', 'intervals'],
      onboarding_done: seeded('onboarding', n) < 0.7,
    },
    channels: [
      ...(email ? [address('email', email, pick(statuses, 'status', n), seen)] : []),
      ...(phone ? [address('sms', phone, 'subscribed', seen)] : []),
      address('mobile_push', `fcm-${n}-dK3xV9b2QpLzYt8aWm4c7RfEo1sHj`, 'subscribed', seen),
    ],
    devices: [
      {
        id: `device-${n}`,
        app: 'Fit',
        platform: pick(['ios', 'android'], 'platform', n),
        os_type: 'iOS',
        os_version: '20.1',
        category: 'mobile',
        model: 'iPhone 17',
        app_version: '4.12.0',
        push_token: 'abc',
        push_enabled: n % 3 !== 0,
        locale: 'en',
        time_zone: 'Europe/Berlin',
        created_at: minutesAgo(seen + 9000),
        last_seen_at: minutesAgo(seen),
      },
    ],
    categories: ['tips', 'offers'].slice(0, n % 3),
    tags: n % 5 === 0 ? ['vip'] : [],
  };
}

const eventTypes = [
  'WorkoutFinished',
  'AppOpened',
  'StreakExtended',
  'TrialStarted',
  'PlanViewed',
  'GoalReached',
];

/** The n-th event from now back, of anyone or of one contact. */
export function event(n: number, contactId?: string): Event {
  const key = pick(eventTypes, 'event', n, contactId ?? '');
  const at = minutesAgo(n * 1.7 + seeded('at', n));
  const owner =
    contactId ??
    (seeded('nobody', n) < 0.03 ? null : String(100_000 + Math.floor(seeded('owner', n) * 2000)));
  return {
    id: `e${contactId ?? ''}-${n}`,
    event: key,
    contact: owner,
    key: null,
    past: false,
    clock_ahead: false,
    with_errors: n % 11 === 4,
    contact_created: n % 13 === 2,
    found_by: owner === null ? null : { field: 'external_id', parameter: null, rule: false },
    contact_id_added: false,
    occurred_at: at,
    received_at: at,
    source: pick(['sdk', 'api', 'web'], 'eventsource', n),
    params: {
      workout: pick(['yoga', 'intervals', 'run'], 'workout', n),
      minutes: 10 + Math.floor(seeded('minutes', n) * 50),
      heart_rate: { average: 118 + (n % 30), peak: 171 },
      personal_best: n % 7 === 0,
    },
  };
}

export const typeKeys = eventTypes;

/** The n-th thing in a contact's activity. */
export function activity(n: number, contactId: string): Activity {
  if (n % 5 === 2) {
    const status = pick(
      ['clicked', 'opened', 'delivered', 'sent', 'undelivered'],
      'activity',
      n,
      contactId,
    );
    return {
      id: `a${contactId}-${n}`,
      kind: 'send',
      name: 'Welcome, first workout',
      channel: 'email',
      status,
      at: minutesAgo(n * 190),
      source: 'api',
      type: null,
      started: [],
      details: { send: `s${n}`, message: '3', workflow: 'Welcome' },
    };
  }
  if (n % 11 === 4) {
    return {
      id: `a${contactId}-${n}`,
      kind: 'field',
      name: 'plan',
      channel: null,
      status: null,
      at: minutesAgo(n * 190),
      source: 'api',
      type: null,
      started: [],
      details: { from: 'trial', to: 'premium', source: 'api' },
    };
  }
  const made = event(n, contactId);
  return {
    id: `a${contactId}-${n}`,
    kind: 'event',
    name: made.event,
    channel: null,
    status: null,
    at: minutesAgo(n * 190),
    source: 'sdk',
    type: made.event,
    started: n % 9 === 0 ? [{ workflow: '1', name: 'Welcome', run: 'r1-3' }] : [],
    details: made.params,
  };
}

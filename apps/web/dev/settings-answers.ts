import {
  PAGE_LANGUAGES,
  PAGE_TEXT_KEYS,
  SUPPRESSION_REASON_NAMES,
  type AccessKey,
  type App,
  type AuditEntry,
  type Category,
  type ContactConflict,
  type DeadEvent,
  type Erasure,
  type Field,
  type FieldGroup,
  type FieldStats,
  type FieldUsage,
  type FrequencyRule,
  type Provider,
  type Suppression,
  type User,
} from '@perennial/contracts';
import type { Answer, Request } from './answer.ts';
import { control } from './control.ts';
import { minutesAgo, pick } from './seeded.ts';

const list = (path: RegExp, things: readonly unknown[]): Answer => ({
  method: 'GET',
  path,
  reply: () => ({
    items: control.items === 0 ? [] : things.slice(0, control.items === 1 ? 1 : things.length),
    next_cursor: null,
  }),
});

const keys: AccessKey[] = [
  {
    id: '1',
    kind: 'write',
    name: 'Fit for iOS',
    shown: 'per_write_9fK2LmQ7xT4vB8nR1sWz',
    rights: ['contacts.write'],
    app: '1',
    created_at: minutesAgo(90000),
    used_at: minutesAgo(1),
    revoked_at: null,
  },
  {
    id: '2',
    kind: 'management',
    name: 'Deploy script',
    shown: 'per_management_3dA…',
    rights: ['workflows.write', 'messages.write'],
    app: null,
    created_at: minutesAgo(50000),
    used_at: minutesAgo(4000),
    revoked_at: null,
  },
  {
    id: '3',
    kind: 'rest',
    name: 'Backend',
    shown: 'per_rest_77c…',
    rights: ['contacts.read', 'contacts.write'],
    app: null,
    created_at: minutesAgo(40000),
    used_at: null,
    revoked_at: minutesAgo(100),
  },
];

const apps: App[] = [
  {
    id: '1',
    uuid: '0f4b0f2c-6f0e-4f43-9d6a-2f5b7f6a1c01',
    key: 'fit-ios',
    name: 'Fit for iOS',
    platform: 'ios',
    require_verified: true,
    signing_keys: [
      {
        id: '1',
        kid: 'Jx3kP0aTq9LmVb2c',
        name: 'Backend',
        algorithm: 'ES256',
        created_at: minutesAgo(60000),
      },
    ],
    calls: { verified: 48_211, unverified: 0, invalid: 12 },
    created_at: minutesAgo(90000),
    archived_at: null,
  },
  {
    id: '2',
    uuid: '0f4b0f2c-6f0e-4f43-9d6a-2f5b7f6a1c02',
    key: 'fit-web',
    name: 'Фітнес у браузері, з дуже довгою назвою, яку хтось колись придумав для сайту',
    platform: 'web',
    require_verified: false,
    signing_keys: [],
    calls: { verified: 0, unverified: 0, invalid: 0 },
    created_at: minutesAgo(50000),
    archived_at: null,
  },
];

const erasures: Erasure[] = [
  {
    id: '2',
    contacts: ['100204'],
    requested_by: 'Ada Park',
    requested_at: minutesAgo(0),
    erased_at: null,
    removed: {},
    kept: ['Numbers that were counted before stay; they name nobody.'],
  },
  {
    id: '1',
    contacts: ['100017', '100018'],
    requested_by: 'Ада Пархоменко-Вишневецька',
    requested_at: minutesAgo(4000),
    erased_at: minutesAgo(4000),
    removed: { events: 1204, sends: 42, runs: 7, devices: 2, contacts: 2, merges: 1 },
    kept: [
      'Numbers that were counted before (of events, sends, runs) stay; they name nobody.',
      'That an address said no, or is dead, stays as a keyed hash, so that it is not written to again.',
    ],
  },
];

const users: User[] = [
  {
    id: '1',
    email: 'ada@example.com',
    name: 'Ada Park',
    role: 'admin',
    state: 'active',
    totp_enabled: true,
    created_at: minutesAgo(90000),
    last_seen_at: minutesAgo(1),
  },
  {
    id: '2',
    email: 'kofi@example.com',
    name: 'Kofi Mensah',
    role: 'marketer',
    state: 'active',
    totp_enabled: false,
    created_at: minutesAgo(80000),
    last_seen_at: minutesAgo(3000),
  },
  {
    id: '3',
    email: 'lena@example.com',
    name: '',
    role: 'designer',
    state: 'invited',
    totp_enabled: false,
    created_at: minutesAgo(80),
    last_seen_at: null,
  },
];

const providers: Provider[] = [
  {
    id: '1',
    channel: 'email',
    kind: 'smtp',
    name: 'Transactional relay',
    settings: {
      host: 'smtp.example.com',
      port: 587,
      security: 'starttls',
      user: 'apikey',
      from: 'Fit <hello@fit.example.com>',
    },
    secrets_set: ['password'],
    position: 0,
    enabled: true,
    verified_at: minutesAgo(3000),
    problem: null,
    condition: 'fine',
    condition_at: minutesAgo(10),
    paused_until: null,
    callback_url: null,
    callback_at: null,
    created_at: minutesAgo(9000),
    updated_at: minutesAgo(3000),
  },
];

function field(
  id: string,
  key: string,
  label: string,
  type: string,
  more: Partial<Field> = {},
): Field {
  return {
    id,
    key,
    label,
    type,
    group: null,
    position: Number(id),
    choices: null,
    choice_looks: {},
    read_only: false,
    rules: {},
    description: '',
    source: 'sdk',
    system: false,
    created_at: minutesAgo(9000),
    archived_at: null,
    ...more,
  };
}

const system = { id: null, system: true, source: null, created_at: null };

const fields = [
  field('', 'first_name', 'First name', 'text', system),
  field('', 'language', 'Language', 'language', system),
  field('1', 'plan', 'Plan', 'choice', {
    group: 'Subscription',
    choices: ['free', 'trial', 'premium'],
    choice_looks: { premium: { label: 'Premium', color: 'violet' }, trial: { color: 'yellow' } },
    description: 'What they pay for now.',
  }),
  field('2', 'streak_days', 'Streak, days', 'integer', {
    group: 'Training',
    rules: { min: 0, max: 3650 },
  }),
  field('3', 'weekly_goal', 'Workouts a week', 'integer', { group: 'Training' }),
  field('4', 'favourite_workouts', 'Favourite workouts', 'multiple_choice', { group: 'Training' }),
  field('5', 'onboarding_done', 'Onboarding done', 'boolean'),
];

const groups: FieldGroup[] = [
  { id: '1', name: 'Subscription', position: 0, fields: 1 },
  { id: '2', name: 'Training', position: 1, fields: 3 },
];

function statsOf(request: Request): FieldStats {
  const field = request.query.get('field') ?? '';
  return {
    field,
    contacts: 71_204,
    of: 100_000,
    looked_at: 20_113,
    exact: false,
    top: field.endsWith('plan')
      ? [
          { value: 'free', contacts: 40_120 },
          { value: 'premium', contacts: 22_004 },
          { value: 'trial', contacts: 9_080 },
        ]
      : [],
  };
}

const usage: FieldUsage = {
  workflows: [{ id: '1', name: 'Onboarding', state: 'active' }],
  segments: [{ id: '9', name: 'Premium members' }],
  messages: [],
};

const conflicts: ContactConflict[] = ['31 years', 'old', '7,5'].map((value, n) => ({
  id: String(n + 1),
  contact: String(100_000 + n),
  name: n === 1 ? null : 'Ada Park',
  field: 'custom.streak_days',
  value,
  reason: 'not a whole number',
  source: 'identify',
  at: minutesAgo(60 * (n + 1)),
  converted: [31, null, 8][n] ?? null,
}));

const audit: AuditEntry[] = Array.from({ length: 40 }, (_, n) => ({
  id: String(n + 1),
  at: minutesAgo(n * 97),
  actor:
    n % 3 === 0
      ? { kind: 'key', id: '2', name: 'Deploy script' }
      : { kind: 'user', id: '1', name: 'Ada Park' },
  action: pick(['workflow.publish', 'message.update', 'key.create', 'user.invite'], 'audit', n),
  object: {
    kind: pick(['workflow', 'message', 'key', 'user'], 'audit', n),
    id: String((n % 3) + 1),
  },
  before: n % 5 === 1 ? { name: 'Welcome' } : null,
  after: { name: 'Welcome, first workout', version: n },
  request_id: `req-${n}`,
  ip: '192.0.2.10',
}));

const rules: FrequencyRule[] = [
  {
    id: '1',
    key: 'cap-1',
    kind: 'cap',
    most: 3,
    window: { type: 'rolling', n: 7, unit: 'day' },
    channels: ['email', 'mobile_push'],
    tags: ['Sale'],
    categories: [],
    each_channel: false,
    counts: 'marketing',
    when_reached: 'refuse',
    enabled: true,
    created_at: minutesAgo(9000),
    updated_at: minutesAgo(9000),
  },
  {
    id: '2',
    key: 'gap-1',
    kind: 'gap',
    most: 1,
    window: { type: 'rolling', n: 4, unit: 'hour' },
    channels: [],
    tags: [],
    categories: [],
    each_channel: true,
    counts: 'all',
    when_reached: 'wait',
    enabled: false,
    created_at: minutesAgo(8000),
    updated_at: minutesAgo(8000),
  },
];

const categories: Category[] = [
  {
    id: '1',
    key: 'news',
    name: 'News',
    description: 'What is new in the app, once a month.',
    translations: { uk: { name: 'Новини' } },
    default_subscribed: true,
    position: 0,
    subscribed: 12_408,
    subscribed_exact: false,
    created_at: minutesAgo(90000),
    archived_at: null,
  },
  {
    id: '2',
    key: 'offers',
    name: 'Offers',
    description: 'Sales and discounts.',
    translations: {},
    default_subscribed: false,
    position: 1,
    subscribed: 3_120,
    subscribed_exact: true,
    created_at: minutesAgo(90000),
    archived_at: null,
  },
  {
    id: '3',
    key: 'training-tips',
    name: 'Поради для тренувань і відновлення після довгих пробіжок у будь-яку погоду, щотижня',
    description: '',
    translations: {},
    default_subscribed: false,
    position: 2,
    subscribed: 0,
    subscribed_exact: true,
    created_at: minutesAgo(9000),
    archived_at: null,
  },
  {
    id: '4',
    key: 'surveys',
    name: 'Surveys',
    description: '',
    translations: {},
    default_subscribed: false,
    position: 3,
    subscribed: 41,
    subscribed_exact: true,
    created_at: minutesAgo(80000),
    archived_at: minutesAgo(700),
  },
];

const suppressions: Suppression[] = Array.from({ length: 30 }, (_, n) => ({
  channel: n % 4 === 0 ? 'sms' : 'email',
  address: n % 4 === 0 ? `+4915${10000000 + n}` : `user${n}@example.com`,
  reason: pick(SUPPRESSION_REASON_NAMES, 'suppression', n),
  since: minutesAgo(n * 700),
  until: null,
  details:
    n % 4 === 1 ? '550 5.1.1 The email account that you tried to reach does not exist' : null,
  source: 'provider',
}));

const dead: DeadEvent[] = Array.from({ length: 9 }, (_, n) => ({
  id: String(n + 1),
  stage: n % 2 ? 'apply' : 'resolve',
  kind: 'track',
  contact: n % 2 ? String(100_000 + n) : null,
  item: {
    type: 'track',
    event: 'WorkoutFinished',
    userId: `fit-${n}`,
    properties: { minutes: 'x'.repeat(20) },
  },
  reason: 'external_id_conflict',
  detail: 'The device belongs to a contact with another external ID.',
  received_at: minutesAgo(n * 40 + 10),
  failed_at: minutesAgo(n * 40),
}));

/** The answers behind Settings and Home. */
export const settingsAnswers: readonly Answer[] = [
  list(/^\/keys$/, keys),
  {
    method: 'POST',
    path: /^\/keys$/,
    reply: ({ body }) => ({
      ...keys[0],
      ...body,
      id: '9',
      shown: 'per_write_Zq8',
      token: 'per_write_Zq8sN4mXc2Vb7LkPf1Rt6Yh',
    }),
  },
  { method: 'DELETE', path: /^\/keys\/(\d+)$/, reply: () => ({}) },
  list(/^\/apps$/, apps),
  { method: 'POST', path: /^\/apps$/, reply: ({ body }) => ({ ...apps[1], ...body }) },
  { method: 'PATCH', path: /^\/apps\/(\d+)$/, reply: ({ body }) => ({ ...apps[0], ...body }) },
  {
    method: 'POST',
    path: /^\/apps\/(\d+)\/signing_keys$/,
    reply: () => ({
      ...apps[0]!.signing_keys[0],
      private_key: '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n',
    }),
  },
  { method: 'PATCH', path: /^\/keys\/(\d+)$/, reply: ({ body }) => ({ ...keys[0], ...body }) },
  list(/^\/erasures$/, erasures),
  { method: 'GET', path: /^\/erasures\/(\d+)$/, reply: () => erasures[1] },
  list(/^\/users$/, users),
  {
    method: 'POST',
    path: /^\/users$/,
    reply: ({ body }) => ({ ...users[2], ...body, link: 'http://127.0.0.1:7070/setup?token=abc' }),
  },
  { method: 'PATCH', path: /^\/users\/(\d+)$/, reply: ({ body }) => ({ ...users[1], ...body }) },
  list(/^\/providers$/, providers),
  {
    method: 'POST',
    path: /^\/providers\/(\d+)\/verify$/,
    reply: () => ({ ok: true, problem: null }),
  },
  { method: 'POST', path: /^\/providers$/, reply: ({ body }) => ({ ...providers[0], ...body }) },
  {
    method: 'PATCH',
    path: /^\/providers\/(\d+)$/,
    reply: ({ body }) => ({ ...providers[0], ...body }),
  },
  list(/^\/fields$/, fields),
  list(/^\/fields\/groups$/, groups),
  list(/^\/fields\/conflicts$/, conflicts),
  list(/^\/fields\/conflicts\/summary$/, [
    { field: 'custom.streak_days', conflicts: conflicts.length, newest_at: minutesAgo(60) },
  ]),
  { method: 'GET', path: /^\/fields\/stats$/, reply: (request) => statsOf(request) },
  { method: 'GET', path: /^\/fields\/usage$/, reply: () => usage },
  list(/^\/audit$/, audit),
  list(/^\/suppressions$/, suppressions),
  list(/^\/categories$/, categories),
  list(/^\/frequency-rules$/, rules),
  {
    method: 'POST',
    path: /^\/frequency-rules\/preview$/,
    reply: () => ({
      from: minutesAgo(7 * 24 * 60),
      to: minutesAgo(0),
      messages: 48_210,
      kept_back: 1_904,
      contacts: 1_211,
    }),
  },
  {
    method: 'POST',
    path: /^\/suppressions\/import$/,
    reply: ({ body }) => ({
      added: (body.addresses as string[]).length - 1,
      known: 0,
      invalid: [{ index: 0, address: (body.addresses as string[])[0] }],
    }),
  },
  {
    method: 'GET',
    path: /^\/dead_events$/,
    reply: () => ({
      items: control.items ? dead : [],
      next_cursor: null,
      reasons: control.items ? [{ reason: 'external_id_conflict', count: 9 }] : [],
    }),
  },
  {
    method: 'POST',
    path: /^\/dead_events\/retry$/,
    reply: ({ body }) => ({ retried: (body.ids as string[]).length }),
  },
  {
    method: 'GET',
    path: /^\/recipient_pages$/,
    reply: () => ({
      theme: {
        light: { background: '#ffffff', text: '#1b211e', accent: '#11694a' },
        dark: { background: '#141816', text: '#eef2f0', accent: '#3aa47b' },
        font: 'system',
        radius: 8,
        logo_height: 40,
        show_name: true,
        footer: 'Fit Ltd',
        privacy_url: '',
        offer_channels: true,
        pause_days: 30,
      },
      texts: { en: { 'ask.title': 'Leave us?' } },
      reasons: [
        { text: 'I get too many messages', translations: { de: 'Zu viele' }, formerly: [] },
        { text: 'I never asked for these messages', translations: {}, formerly: [] },
      ],
      logo: null,
      defaults: Object.fromEntries(
        PAGE_LANGUAGES.map((language) => [
          language,
          Object.fromEntries(PAGE_TEXT_KEYS.map((key) => [key, `${language} ${key}`])),
        ]),
      ),
      updated_at: null,
    }),
  },
  {
    method: 'POST',
    path: /^\/recipient_pages\/preview$/,
    reply: ({ body }) => ({ html: `<!doctype html><h1>${String(body.page)}</h1>` }),
  },
  {
    method: 'GET',
    path: /^\/reports\/leaving$/,
    reply: () => ({
      from: '2026-10-01T00:00:00Z',
      to: '2026-10-31T00:00:00Z',
      total: 42,
      paused: 7,
      reasons: [
        { reason: 'I get too many messages', count: 25 },
        { reason: null, count: 17 },
      ],
      channels: [
        { channel: 'email', count: 40 },
        { channel: 'sms', count: 2 },
      ],
      messages: [
        { message: '1', name: 'Welcome', count: 30, reasons: [{ reason: null, count: 30 }] },
        { message: null, name: null, count: 12, reasons: [] },
      ],
      categories: [{ category: 'offers', name: 'Offers', unsubscribed: 30, left: 12, joined: 340 }],
    }),
  },
  {
    method: 'GET',
    path: /^\/settings$/,
    reply: () => ({
      default_language: 'en',
      create_fields: true,
      type_conflicts: 'record',
      identify_confirms: true,
      unsubscribe_reasons: ['I get too many messages', 'I never asked for these messages'],
      blocked_identifiers: ['kiosk-lobby-7', 'test@example.com'],
      join_by_email: true,
      join_by_phone: false,
      identifier_limits: {},
      legacy_answers: false,
      rate_limits: false,
      simulator: true,
      send_hours: { from: '09:00', to: '21:00', days: [1, 2, 3, 4, 5] },
      release_minutes: 60,
    }),
  },
  { method: 'PATCH', path: /^\/settings$/, reply: ({ body }) => body },
  {
    method: 'GET',
    path: /^\/identifier_refusals\/summary$/,
    reply: () => ({
      items: [
        { kind: 'anonymous_id', reason: 'too_many', contacts: 41, last_at: minutesAgo(52) },
        { kind: 'merge', reason: 'too_many', contacts: 3, last_at: minutesAgo(5200) },
      ],
      next_cursor: null,
    }),
  },
];

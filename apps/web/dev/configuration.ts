import type {
  deliveryDetailsSchema,
  DeliveryView,
  Message,
  Run,
  Step,
  Workflow,
  WorkflowMovePreview,
  WorkflowStats,
} from '@perennial/contracts';
import type { z } from 'zod';
import { minutesAgo, pick, seeded } from './seeded.ts';

const welcome = {
  language: 1,
  start: { type: 'event', event: 'SignedUp', unique: 'once' },
  stop: [{ type: 'event', event: 'AccountClosed' }],
  limits: { reentry: 'always', one_at_a_time: true, send_hours: 'any' },
  first: 'b1',
  blocks: {
    b1: { type: 'email', message: '3', exits: { next: 'b2', failed: 'b7' } },
    b2: {
      type: 'timer',
      wait: { n: 2, unit: 'day' },
      until: { time: '09:00', zone: 'contact' },
      exits: { next: 'b3' },
    },
    b3: {
      type: 'if',
      condition: {
        type: 'event',
        event: 'WorkoutFinished',
        measure: { kind: 'count', op: 'greater_or_equal', value: 2 },
        period: { kind: 'last', n: 7, unit: 'day' },
      },
      exits: { yes: 'b4', no: 'b5' },
    },
    b4: { type: 'update_fields', set: { onboarding_done: true }, exits: { next: 'b6' } },
    b5: { type: 'split', weights: { a: 50, b: 50 }, exits: { a: 'b8', b: 'b9' } },
    b6: { type: 'end' },
    b7: { type: 'mobile_push', message: '5', exits: { next: 'b2' } },
    b8: { type: 'email', message: '4', exits: { next: 'b6' } },
    b9: { type: 'mobile_push', message: '5', exits: { next: 'b6' } },
  },
};

const publication = {
  version: 3,
  definition: welcome,
  published_at: minutesAgo(2300),
  published_by: 'Ada',
};

export const workflows: Workflow[] = [
  {
    id: '1',
    key: 'welcome',
    name: 'Welcome',
    state: 'active',
    published_version: 3,
    changed: false,
    revision: 1,
    edited_at: null,
    edited_by: null,
    definition: welcome,
    published: publication,
    tags: ['onboarding'],
    created_at: minutesAgo(90000),
    updated_at: minutesAgo(2300),
    activated_at: minutesAgo(2300),
    running: 214,
  },
  {
    id: '2',
    key: 'streak-lost',
    name: 'Streak lost',
    state: 'paused',
    published_version: 1,
    changed: true,
    revision: 1,
    edited_at: null,
    edited_by: null,
    definition: { ...welcome, blocks: { b1: { ...welcome.blocks.b9, exits: {} } } },
    published: publication,
    tags: ['retention', 'push'],
    created_at: minutesAgo(60000),
    updated_at: minutesAgo(500),
    activated_at: minutesAgo(4000),
    running: 31,
  },
  {
    id: '3',
    key: 'trial-ending',
    name: 'Trial ending, remind and offer the yearly plan with a discount for loyal members',
    state: 'draft',
    published_version: null,
    changed: true,
    revision: 1,
    edited_at: null,
    edited_by: null,
    definition: welcome,
    published: null,
    tags: [],
    created_at: minutesAgo(1000),
    updated_at: minutesAgo(30),
    activated_at: null,
    running: 0,
  },
];

const welcomeHtml = `<mjml>
  <mj-body background-color="#f4f6f5">
    <mj-section background-color="#ffffff">
      <mj-column>
        <mj-text font-size="24px">Welcome, {{ contact.first_name | default: "friend" }}</mj-text>
        <mj-text>Your plan is ready. The first workout takes twelve minutes.</mj-text>
        <mj-button background-color="#11694a" href="https://fit.example.com/start">Start now</mj-button>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;

export const renderedHtml = (name: string) =>
  `<!doctype html><html><body style="margin:0;background:#f4f6f5;font-family:Arial,sans-serif"><div style="max-width:600px;margin:24px auto;background:#fff;padding:32px"><h1 style="font-size:24px">Welcome, ${name}</h1><p>Your plan is ready. The first workout takes twelve minutes.</p><a style="display:inline-block;padding:12px 24px;background:#11694a;color:#fff;text-decoration:none;border-radius:4px" href="https://example.com">Start now</a><p style="color:#777;font-size:12px;margin-top:32px">You get this because you signed up. <a href="https://example.com">Unsubscribe</a></p></div></body></html>`;

export const messages: Message[] = [
  {
    id: '3',
    key: 'welcome',
    name: 'Welcome, first workout',
    channel: 'email',
    template: false,
    default_language: 'en',
    version: 3,
    archived_at: null,
    content: {
      en: {
        subject: 'Welcome, {{ contact.first_name }}',
        preheader: 'Your first workout is twelve minutes',
        mjml: welcomeHtml,
      },
      de: { subject: 'Willkommen', mjml: welcomeHtml },
    },
    tags: ['onboarding'],
    categories: [],
    sending: { priority: 'normal', send_hours: 'workspace', ttl: null, addresses: null },
    personalisation: { on_missing: 'empty', fallbacks: {}, on_fetch_failure: 'retry' },
    created_at: minutesAgo(90000),
    updated_at: minutesAgo(3000),
  },
  {
    id: '4',
    key: 'second-nudge',
    name: 'Second nudge',
    channel: 'email',
    template: false,
    default_language: 'en',
    version: 3,
    archived_at: null,
    content: { en: { subject: 'Twelve minutes, {{ contact.first_name }}', html: '<p>Hello</p>' } },
    tags: [],
    categories: ['tips'],
    sending: { priority: 'normal', send_hours: 'workspace', ttl: null, addresses: null },
    personalisation: { on_missing: 'empty', fallbacks: {}, on_fetch_failure: 'retry' },
    created_at: minutesAgo(80000),
    updated_at: minutesAgo(2000),
  },
  {
    id: '5',
    key: 'streak-push',
    name: 'Your streak is in danger',
    channel: 'mobile_push',
    template: false,
    default_language: 'en',
    version: 3,
    archived_at: null,
    content: {
      en: {
        title: 'Keep your {{ contact.custom.streak_days }} days',
        body: 'Ten minutes are enough.',
        link: 'fit://today',
      },
    },
    tags: ['push'],
    categories: [],
    sending: { priority: 'normal', send_hours: 'workspace', ttl: null, addresses: null },
    personalisation: { on_missing: 'empty', fallbacks: {}, on_fetch_failure: 'retry' },
    created_at: minutesAgo(70000),
    updated_at: minutesAgo(1000),
  },
  {
    id: '6',
    key: 'trial-sms',
    name: 'Trial ends tomorrow',
    channel: 'sms',
    template: false,
    default_language: 'en',
    version: 3,
    archived_at: null,
    content: { en: { text: 'Your trial ends tomorrow. Stay: https://fit.example.com/p' } },
    tags: [],
    categories: [],
    sending: { priority: 'normal', send_hours: 'workspace', ttl: null, addresses: null },
    personalisation: { on_missing: 'empty', fallbacks: {}, on_fetch_failure: 'retry' },
    created_at: minutesAgo(60000),
    updated_at: minutesAgo(900),
  },
];

const runStates = ['completed', 'completed', 'waiting', 'stopped', 'failed', 'running'] as const;

/** The n-th run of a workflow from now back. */
export function run(n: number, workflow: string): Run {
  const state = pick(runStates, 'run', n);
  const active = state === 'waiting' || state === 'running';
  return {
    id: `r${workflow}-${n}`,
    workflow,
    version: n % 9 === 0 ? 2 : 3,
    contact: String(100_000 + Math.floor(seeded('runner', n) * 2000)),
    key: '',
    state,
    reason:
      state === 'failed'
        ? 'The field trial_ends_at has no value'
        : state === 'stopped'
          ? 'stop_event'
          : null,
    block: active ? pick(['b2', 'b2', 'b5'], 'block', n) : null,
    wake_at: state === 'waiting' ? minutesAgo(-600 - n) : null,
    started_at: minutesAgo(n * 23),
    ended_at: active ? null : minutesAgo(n * 23 - 20),
    test: n % 17 === 5,
  };
}

export function steps(n: number): Step[] {
  const path = [
    { block: 'b1', type: 'email', exit: 'next', decided_by: { send: 's1', decision: 'sent' } },
    { block: 'b2', type: 'timer', exit: 'next', decided_by: { until: minutesAgo(n * 23 - 15) } },
    {
      block: 'b3',
      type: 'if',
      exit: 'no',
      decided_by: { result: false, values: { WorkoutFinished: 0 } },
    },
    {
      block: 'b5',
      type: 'split',
      exit: 'b',
      decided_by: { point: 0.7312, weights: { a: 50, b: 50 } },
    },
    {
      block: 'b9',
      type: 'mobile_push',
      exit: 'next',
      decided_by: {
        send: 's2',
        decision: 'refused',
        reasons: [{ gate: 'address', passed: false }],
      },
    },
    { block: 'b6', type: 'end', exit: null, decided_by: null },
  ];
  return path.map((step, index) => ({ ...step, at: minutesAgo(n * 23 - index * 3) }));
}

/** Where runs of an older version stand. */
export const movePreview: WorkflowMovePreview = {
  from: 2,
  to: 3,
  blocks: [
    { block: 'b2', type: 'timer', runs: 48, target: 'b2' },
    { block: 'b9', type: 'mobile_push', runs: 1, target: null },
  ],
};

/** Counts on the blocks as they follow from the definition. */
export const stats: WorkflowStats = {
  period: { from: null, to: null },
  started: 1840,
  running: 214,
  completed: 1483,
  stopped: 120,
  failed: 23,
  converted: 0,
  not_started: { one_at_a_time: 12, late: 4, segment: 96 },
  blocks: {
    b1: { entered: 1840, exits: { next: 1801, failed: 39 }, waiting: 0 },
    b2: { entered: 1840, exits: { next: 1510 }, waiting: 201 },
    b3: { entered: 1510, exits: { yes: 902, no: 608 }, waiting: 0 },
    b4: { entered: 902, exits: { next: 902 }, waiting: 0 },
    b5: { entered: 608, exits: { a: 310, b: 298 }, waiting: 0 },
    b6: { entered: 1483, exits: {}, waiting: 0 },
    b7: { entered: 39, exits: { next: 39 }, waiting: 0 },
    b8: { entered: 310, exits: { next: 300 }, waiting: 0 },
    b9: { entered: 298, exits: { next: 281 }, waiting: 13 },
  },
};

const deliveryStatuses = [
  'delivered',
  'sent',
  'opened',
  'clicked',
  'undelivered',
  'queued',
  'uncertain',
  'unsubscribed',
] as const;

/** The n-th delivery from now back. */
export function delivery(n: number): DeliveryView {
  const message = pick(messages, 'delivered', n);
  const status = pick(deliveryStatuses, 'delivery', n);
  const owner = Math.floor(seeded('recipient', n) * 2000);
  return {
    id: `d${n}`,
    send: `s${n}`,
    message: message.id,
    message_name: message.name,
    contact: String(100_000 + owner),
    channel: message.channel,
    address:
      message.channel === 'email'
        ? `user${owner}@example.com`
        : message.channel === 'sms'
          ? `+49151${10000000 + owner}`
          : `fcm-${owner}-dK3xV9b2Qp`,
    subject: message.channel === 'email' ? 'Welcome, Maya' : null,
    subject_choice: null,
    status,
    reason:
      status === 'undelivered'
        ? '5.1.1 The mailbox does not exist'
        : status === 'uncertain'
          ? 'The line dropped after the message was handed over'
          : null,
    at: minutesAgo(n * 4.1),
    provider: 'sandbox',
    app: null,
    created_at: minutesAgo(n * 4.1 + 1),
    due_at: null,
    attempts: 1,
    uncertain_at: null,
    test: n % 12 === 3,
  };
}

export function deliveryDetails(n: number): z.input<typeof deliveryDetailsSchema> {
  const base = delivery(n);
  const isMail = base.channel === 'email';
  return {
    ...base,
    content: isMail ? receivedMail(base.address) : receivedPush,
    content_source: 'received',
    content_problem: null,
    raw: isMail ? mailSource(base) : null,
    provider_ref: null,
    provider_answer: '250 2.0.0 OK',
    decision: 'sent',
    reasons: ['audience', 'consent', 'suppression', 'address'].map((gate) => ({
      gate,
      passed: true,
    })),
    workflow: '1',
    run: 'r1-3',
    block: 'b1',
    campaign: null,
    language: 'en',
    message_version: 3,
    transactional: false,
    visits: [],
  };
}

const receivedPush = {
  title: 'Keep your 12 days',
  body: 'Ten minutes are enough.',
  link: 'fit://today',
  text: 'Your trial ends tomorrow. Stay: https://fit.example.com/p',
};

function receivedMail(to: string) {
  return {
    subject: 'Welcome, Maya',
    from: 'Fit <hello@fit.example.com>',
    to,
    html: renderedHtml('Maya'),
    text: 'Welcome, Maya\n\nYour plan is ready. The first workout takes twelve minutes.\n',
  };
}

function mailSource({ id, address }: DeliveryView): string {
  return [
    'From: Fit <hello@fit.example.com>',
    `To: ${address}`,
    'Subject: Welcome, Maya',
    `Message-ID: <${id}@fit.example.com>`,
    'List-Unsubscribe: <https://fit.example.com/u/abc>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'MIME-Version: 1.0',
    '',
    'Welcome, Maya',
  ].join('\r\n');
}

import type {
  Event,
  EventDetail,
  EventMapping,
  EventType,
  EventTypeErrors,
  EventTypeListItem,
  EventTypeSchema,
  EventTypeStats,
  Job,
  MappingPreview,
} from '@perennial/contracts';
import type { Answer, Request } from './answer.ts';
import { control } from './control.ts';
import { event, typeKeys } from './people.ts';
import { get, paged, post, some } from './replies.ts';
import { minutesAgo, seeded } from './seeded.ts';

const uses: EventType['uses'][] = [
  [
    { kind: 'workflow', id: '1', name: 'Welcome', state: 'active', how: 'checks' },
    { kind: 'workflow', id: '2', name: 'Streak lost', state: 'active', how: 'stops' },
    { kind: 'workflow', id: '3', name: 'Win back', state: 'draft', how: 'starts' },
  ],
  [],
  [{ kind: 'workflow', id: '2', name: 'Streak lost', state: 'active', how: 'starts' }],
];

const eventTypeRows: EventTypeListItem[] = typeKeys.map((key, n) => ({
  key,
  name: n === 1 ? 'Opened the app' : key,
  system: false,
  active: n !== 4,
  create_contacts: true,
  expected_params:
    n === 0
      ? [
          { name: 'workout', required: true, type: 'string' },
          { name: 'minutes', required: true, type: 'number' },
          { name: 'personal_best', required: false, type: null },
        ]
      : [],
  uses: uses[n] ?? [],
  decline: n === 3 ? { day: minutesAgo(1440).slice(0, 10), count: 41, usual: 118 } : null,
  count: 1000 + Math.floor(seeded('count', n) * 90_000),
  id: String(n + 1),
  category: n % 2 ? 'app' : 'training',
  description: n === 0 ? 'Sent by the app when somebody ends a workout, finished or not.' : '',
  days: Array.from({ length: 14 }, (_, day) => Math.floor(seeded('volume', n, day) * 400)),
  errors: n === 0 ? { refused: 412, stored: 9 } : { refused: 0, stored: 0 },
  created_at: minutesAgo(129_600),
  last_seen_at: minutesAgo(Math.floor(seeded('last', n) * 300)),
}));

function stats(key: string): EventTypeStats {
  return {
    event: key,
    count: 6120,
    time_zone: 'Europe/Berlin',
    last_seen_at: minutesAgo(3),
    decline: eventTypeRows.find((row) => row.key === key)?.decline ?? null,
    days: Array.from({ length: 30 }, (_, day) => ({
      day: minutesAgo((29 - day) * 1440).slice(0, 10),
      count: Math.floor(seeded('stats', key, day) * 400),
    })),
  };
}

function errors(key: string): EventTypeErrors {
  const none = { event: key, refused: 0, stored: 0, days: [], time_zone: 'Europe/Berlin' };
  if (key !== eventTypeRows[0]!.key) return { ...none, reasons: [] };
  const of = { app: null, expected: null, got: null, path: null };
  return {
    ...none,
    refused: 1290,
    stored: 31,
    reasons: [
      {
        ...of,
        door: 'tracking',
        app: 'ios',
        reason: 'wrong_type',
        path: 'minutes',
        expected: 'number',
        got: 'string',
        count: 1204,
        last_at: minutesAgo(2),
      },
      {
        ...of,
        door: 'rest',
        reason: 'missing',
        path: 'workout',
        expected: 'string',
        got: 'nothing',
        count: 77,
        last_at: minutesAgo(190),
      },
      {
        ...of,
        door: 'stored',
        reason: 'missing',
        path: 'minutes',
        expected: 'number',
        got: 'nothing',
        count: 31,
        last_at: minutesAgo(2880),
      },
      { ...of, door: 'rest', reason: 'inactive', count: 9, last_at: minutesAgo(20_000) },
    ],
  };
}

function detail(id: string): EventDetail {
  const shown = event(Number(id.replace(/\D/g, '')) % 1000 || 0);
  return {
    ...shown,
    id,
    name: 'x',
    message_id: 'm-1',
    context: { ip: '192.0.2.1' },
    former_contact: null,
    errors: shown.with_errors ? [{ path: 'minutes', message: 'must be a number' }] : [],
    started: [
      { run: 'r1-3', workflow: '1', name: 'Welcome', state: 'waiting', started_at: minutesAgo(3) },
    ],
    not_started: [
      {
        workflow: '2',
        name: 'Streak lost',
        reason: 'one_at_a_time',
        details: null,
        at: minutesAgo(3),
      },
    ],
    stopped: [{ run: 'r1-9', workflow: '2', name: 'Streak lost', at: minutesAgo(3) }],
    facts: [
      {
        event: 'FieldChanged',
        params: { source: 'sdk', changes: [{ field: 'custom.goal', from: 'rest', to: 'run' }] },
        occurred_at: minutesAgo(3),
      },
    ],
  };
}

const live = (): { items: Event[]; after: string; more: boolean } => ({
  items:
    control.items === 0
      ? []
      : [
          {
            ...event(0),
            id: `live-${Date.now()}`,
            received_at: new Date().toISOString(),
            occurred_at: new Date().toISOString(),
          },
        ],
  after: 'mark',
  more: false,
});

function history(request: Request) {
  const page = paged(request, control.items * 20, (n) => event(n));
  return request.query.has('with_errors')
    ? { ...page, items: page.items.filter((item) => item.with_errors) }
    : page;
}

function job(kind: string, about: Job['about']): Job {
  return {
    id: '7',
    kind,
    about,
    state: 'running',
    total: null,
    done: 40_000,
    failed: 0,
    rate: 21_000,
    remaining_seconds: null,
    result: null,
    reason: null,
    undoable: false,
    cancel_asked: false,
    undoable_until: null,
    created_by: 'Ada Park',
    created_at: minutesAgo(1),
    started_at: minutesAgo(1),
    ended_at: null,
  };
}

const schema: EventTypeSchema = {
  event: 'WorkoutFinished',
  parameters: [
    {
      path: 'workout',
      types: ['string'],
      first_seen_at: minutesAgo(9000),
      last_seen_at: minutesAgo(4),
      examples: ['yoga', 'intervals', 'run'],
    },
    {
      path: 'minutes',
      types: ['number'],
      first_seen_at: minutesAgo(9000),
      last_seen_at: minutesAgo(4),
      examples: [12, 30, 45],
    },
    {
      path: 'heart_rate.average',
      types: ['number', 'null'],
      first_seen_at: minutesAgo(9000),
      last_seen_at: minutesAgo(9),
      examples: [118, 131],
    },
    {
      path: 'personal_best',
      types: ['boolean'],
      first_seen_at: minutesAgo(9000),
      last_seen_at: minutesAgo(4),
      examples: [true, false],
    },
  ],
};

const mappings: EventMapping[] = [
  {
    id: '1',
    parameter: 'email_client',
    field: 'email',
    indexing: false,
    created_at: minutesAgo(9000),
  },
  {
    id: '2',
    parameter: 'CrmNumber',
    field: 'custom.goal',
    indexing: true,
    created_at: minutesAgo(1),
  },
];

const preview: MappingPreview = {
  contact: '100017',
  creates: false,
  found_by: 'email_client',
  identifiers: [
    { parameter: 'email_client', field: 'email', value: 'maya@example.com', contacts: 2 },
    { parameter: 'CrmNumber', field: 'custom.goal', value: 'C-77', contacts: 0 },
  ],
  unusable: [{ parameter: 'phone', message: 'is no phone number' }],
};

export const eventAnswers: readonly Answer[] = [
  get(/^\/event_mappings$/, (request) => some(request, mappings)),
  post(/^\/event_mappings$/, ({ body }) => ({ ...mappings[1], ...body })),
  post(/^\/event_mappings\/preview$/, () => preview),
  { method: 'DELETE', path: /^\/event_mappings\/([^/]+)$/, reply: () => ({}) },
  get(/^\/events\/live$/, live),
  get(/^\/events\/([^/]+)$/, (_request, [id = '']) => detail(id)),
  get(/^\/events$/, history),
  post(/^\/events\/delete\/preview$/, () => ({ count: 12_480, exact: true })),
  post(/^\/events\/delete$/, ({ body }) =>
    job('events.delete', { ...(body as object), event_type: (body as { type: string }).type }),
  ),
  post(/^\/events\/delete_past$/, ({ body }) => job('events.delete_past', body as Job['about'])),
  get(/^\/event_types$/, (request) => ({
    ...some(request, eventTypeRows),
    categories: ['app', 'training'],
  })),
  post(/^\/event_types$/, ({ body }) => ({ ...eventTypeRows[1], ...body })),
  get(/^\/event_types\/([^/]+)$/, (_request, [key]) =>
    eventTypeRows.find((row) => row.key === key),
  ),
  {
    method: 'PATCH',
    path: /^\/event_types\/([^/]+)$/,
    reply: ({ body }, [key]) => ({ ...eventTypeRows.find((row) => row.key === key), ...body }),
  },
  {
    method: 'DELETE',
    path: /^\/event_types\/([^/]+)$/,
    reply: (_request, [key = '']) => job('event_type.delete', { event_type: key }),
  },
  get(/^\/event_types\/([^/]+)\/schema$/, () => schema),
  get(/^\/event_types\/([^/]+)\/errors$/, (_request, [key = '']) => errors(key)),
  get(/^\/event_types\/([^/]+)\/stats$/, (_request, [key = '']) => stats(key)),
];

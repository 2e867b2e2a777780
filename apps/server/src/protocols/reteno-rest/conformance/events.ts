import type { Case } from './case.ts';

const expected = [
  { name: 'orderId', required: true, type: null },
  { name: 'total', required: false, type: null },
];
const types = [{ key: 'Paid', expected_params: expected }];
const listed =
  'The event should have the following params: ' +
  '[{"name":"orderId","required":true},{"name":"total","required":false}]';

const past = { eventTypeKey: 'Read', keyValue: 'k', params: { externalCustomerId: 'u1' } };

export const eventCases: Case[] = [
  {
    does: 'takes events in three spellings, adds the contact ID, and answers nothing',
    calls: [
      {
        send: 'POST /v1/event',
        body: {
          eventTypeKey: 'A',
          keyValue: 'k1',
          params: [
            { name: 'externalCustomerId', value: 'u1' },
            { name: 'cart', value: '{"sum": 5}' },
          ],
        },
        answer: '',
        applied: true,
      },
      { send: 'GET /v1/contacts?externalCustomerId=u1', keep: { ada: '0.id' } },
      {
        send: 'POST /v2/event',
        body: {
          eventTypeKey: 'A',
          keyValue: 'k2',
          params: [
            { name: 'EXTERNALCUSTOMERID', value: 'u1' },
            { name: 'cart', value: { sum: 6 } },
          ],
        },
      },
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'A', params: { contactId: '{ada}', cart: { sum: 7 } } },
        facts: [
          'A {cart: {"sum":5}, ContactId: {ada}, externalCustomerId: u1} k1',
          'A {cart: {"sum":6}, ContactId: {ada}, EXTERNALCUSTOMERID: u1} k2',
          'A {cart: {"sum":7}, contactId: {ada}}',
        ],
      },
    ],
  },
  {
    does: 'says which parameters a type expects',
    given: { types },
    calls: [
      {
        send: 'POST /v1/event',
        body: { eventTypeKey: 'Paid', keyValue: 'k', params: [] },
        status: 400,
        answer: listed,
      },
      {
        send: 'POST /v2/event',
        body: { eventTypeKey: 'Paid', keyValue: 'k', params: [{ name: 'total', value: 5 }] },
        status: 400,
        answer: listed,
      },
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'Paid', keyValue: 'k', params: { total: 5 } },
        status: 400,
        answer: { params: { orderId: { required: true }, total: { required: false } } },
        answerHeaders: { 'content-type': 'application/json; charset=utf-8' },
      },
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'Paid', keyValue: 'k', params: { orderId: 'o1' } },
        facts: ['Paid {orderId: o1} k'],
      },
    ],
  },
  {
    does: 'checks the contact that an event carries',
    calls: [
      {
        send: 'POST /v3/event',
        body: {
          eventTypeKey: 'A',
          keyValue: 'k',
          params: { contactJson: { channels: [{ type: 'email', value: 'nobody' }] } },
        },
        status: 400,
        answer: /^contactJson\.channels\[0\]\.value: /,
      },
      {
        send: 'POST /v1/event',
        body: {
          eventTypeKey: 'A',
          keyValue: 'k',
          params: [{ name: 'contactJson', value: '{"channels": [{"type": "pigeon"}]}' }],
        },
        status: 400,
        answer: /^contactJson\.channels\[0\]\.type: /,
      },
      {
        send: 'POST /v2/event',
        body: {
          eventTypeKey: 'A',
          keyValue: 'k',
          params: [
            { name: 'contactJson', value: { channels: [{ type: 'email', value: 'a@b.example' }] } },
          ],
        },
      },
    ],
  },
  {
    does: 'finds contacts by the rules of the workspace, whatever the case of a name',
    given: {
      fields: [{ key: 'crm', type: 'text' }],
      mappings: [
        { parameter: 'email_client', field: 'email' },
        { parameter: 'CrmNo', field: 'custom.crm' },
      ],
    },
    calls: [
      {
        send: 'POST /v1/contact',
        body: {
          channels: [{ type: 'email', value: 'ada@example.com' }],
          fields: [{ id: '{field.crm}', value: 'C-7' }],
        },
        keep: { ada: 'id' },
      },
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'A', params: { email_client: 'ADA@example.com' } },
        facts: ['A {ContactId: {ada}, email_client: ADA@example.com}'],
      },
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'A', params: { crmno: 'C-7' } },
        facts: ['A {crmno: C-7, ContactId: {ada}}'],
      },
      // Values are compared with regard to case: this is somebody else.
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'A', params: { crmNo: 'c-7', ContactId: 999999 } },
        applied: true,
      },
      { send: 'GET /v1/contacts', answer: [{}, {}] },
    ],
  },
  {
    does: 'finds contacts by the usual names of parameters, whatever their case',
    calls: [
      {
        send: 'POST /v1/contact',
        body: {
          externalCustomerId: 'u1',
          contactKey: 'k1',
          channels: [
            { type: 'email', value: 'ada@example.com' },
            { type: 'sms', value: '+380501234567' },
            { type: 'mobilepush', value: 't-1' },
            { type: 'telegrambot', value: 'chat-1' },
          ],
        },
        keep: { ada: 'id' },
      },
      ...[
        ['ContactId', '{ada}'],
        ['contact_ID', '{ada}'],
        ['externalCustomerId', 'u1'],
        ['EXTERNALCUSTOMERID', 'u1'],
        ['Email', 'ADA@example.com'],
        ['EmailAddress', 'ada@example.com'],
        ['UserEmail', 'ada@example.com'],
        ['contactemail', 'ada@example.com'],
        ['Phone', '380501234567'],
        ['SMS', '+380501234567'],
        ['PhoneNumber', '+38 (050) 123-45-67'],
        ['PushToken', 't-1'],
        ['MobPushToken', 't-1'],
        ['TelegramBotToken', 'chat-1'],
        ['ContactKey', 'k1'],
        ['Contact_key', 'k1'],
      ].map(([name, value]) => ({
        send: 'POST /v2/event',
        body: { eventTypeKey: 'A', params: [{ name, value }] },
        applied: true,
      })),
      { send: 'GET /v1/contacts', answerHeaders: { totalcount: '1' } },
      {
        send: 'POST /v2/event',
        body: { eventTypeKey: 'B', params: [{ name: 'contactkey', value: 'K1' }] },
        applied: true,
      },
      { send: 'GET /v1/contacts', answerHeaders: { totalcount: '2' } },
    ],
  },
  {
    does: 'passes over identifiers that are empty or "null", and takes the strongest of the others',
    calls: [
      {
        send: 'POST /v1/contact',
        body: { channels: [{ type: 'email', value: 'ada@example.com' }] },
        keep: { ada: 'id' },
      },
      {
        send: 'POST /v2/event',
        body: {
          eventTypeKey: 'A',
          params: [
            { name: 'externalCustomerId', value: '' },
            { name: 'email', value: 'ada@example.com' },
          ],
        },
        facts: ['A {email: ada@example.com, ContactId: {ada}, externalCustomerId: }'],
      },
      {
        send: 'POST /v3/event',
        body: {
          eventTypeKey: 'A',
          params: { externalCustomerId: 'null', Email: '', email: 'ada@example.com', EMAIL: null },
        },
        applied: true,
      },
      { send: 'GET /v1/contact/{ada}', answer: { externalCustomerId: undefined } },
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'A', params: { email: 'ada@example.com', externalCustomerId: 'u2' } },
        applied: true,
      },
      { send: 'GET /v1/contacts', answer: [{ id: '{ada}', externalCustomerId: 'u2' }] },
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'A', params: { externalCustomerId: '', phone: 'null' } },
        status: 400,
        answer:
          'The event should have keyValue, or one of the params contactId, externalCustomerId, email, phone, pushToken.',
      },
    ],
  },
  {
    does: 'creates nobody from an unknown number or key alone, and takes events of nobody',
    calls: [
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'A', params: { contactId: 999999 } },
        facts: ['A {contactId: 999999}'],
      },
      {
        send: 'POST /v1/event',
        body: { eventTypeKey: 'A', keyValue: 'chapter-7', params: [] },
        facts: ['A {} chapter-7'],
      },
      { send: 'GET /v1/contacts', answer: [] },
    ],
  },
  {
    does: 'says what is wrong with an event, and where',
    calls: [
      ...(
        [
          [{ params: [] }, 'eventTypeKey is required.'],
          [{ eventTypeKey: ' ', keyValue: 'k' }, 'eventTypeKey is required.'],
          [
            { eventTypeKey: 'x'.repeat(101), keyValue: 'k' },
            'eventTypeKey is longer than 100 characters.',
          ],
          ...'<;\'\\/|"`^?!,>'
            .split('')
            .map((sign): [object, string] => [
              { eventTypeKey: `a${sign}b`, keyValue: 'k' },
              `eventTypeKey must not contain ${sign}`,
            ]),
          [{ eventTypeKey: 'A', keyValue: {} }, 'keyValue must be a string.'],
          [
            { eventTypeKey: 'A', keyValue: 'x'.repeat(301) },
            'keyValue is longer than 300 characters.',
          ],
          [
            { eventTypeKey: 'A', keyValue: 'k', params: [{ value: 1 }] },
            'params[0] should have a name.',
          ],
          [
            { eventTypeKey: 'A', keyValue: 'k', params: [{ name: 'a' }] },
            'params[0] (a) should have a value.',
          ],
          [
            {
              eventTypeKey: 'A',
              keyValue: 'k',
              params: [
                { name: 'a', value: 1 },
                { name: 'a', value: 2 },
              ],
            },
            'params[1]: the name a is not unique.',
          ],
          [
            { eventTypeKey: 'A', keyValue: 'k', params: [{ name: 'x'.repeat(101), value: 1 }] },
            'params[0]: the name is longer than 100 characters.',
          ],
          [
            {
              eventTypeKey: 'A',
              params: [{ name: 'externalCustomerId', value: 'x'.repeat(301) }],
            },
            'The param externalCustomerId is longer than 300 characters.',
          ],
        ] as [object, string][]
      ).map(([body, answer]) => ({ send: 'POST /v2/event', body, status: 400, answer })),
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'A', keyValue: 'k', params: [{ name: 'a', value: 1 }] },
        status: 400,
        answer: 'params must be an object.',
      },
      {
        send: 'POST /v1/event',
        body: {
          eventTypeKey: 'A',
          keyValue: 'k',
          params: [{ name: 'a', value: 'x'.repeat(20_480) }],
        },
        status: 400,
        answer: 'The body is larger than 20 KB.',
      },
    ],
  },
  {
    does: 'creates nobody where the type says so',
    given: {
      types: [
        { key: 'A', create_contacts: false },
        { key: 'B', active: false },
      ],
    },
    calls: [
      { send: 'POST /v3/event', body: { eventTypeKey: 'A', params: { email: 'a@b.example' } } },
      {
        send: 'POST /v3/event',
        body: { eventTypeKey: 'B', params: { email: 'a@b.example' } },
        facts: ['A {email: a@b.example}', 'B {email: a@b.example}'],
      },
      { send: 'GET /v1/contacts', answer: [] },
    ],
  },
  {
    does: 'tells of each past event what became of it, and stores it once',
    given: { types: [{ key: 'Off', active: false }] },
    calls: [
      {
        send: 'POST /v3/past_events',
        body: {
          events: [
            { ...past, occurred: '2026-03-01T09:30' },
            { ...past, occurred: '2026-03-01T11:30:00.5+02:00' },
            past,
            { ...past, occurred: '01.03.2026' },
            { ...past, occurred: '2026-02-30T10:00' },
            { ...past, occurred: '1999-12-31T23:59' },
            { ...past, occurred: '2030-01-01T00:00' },
            { ...past, eventTypeKey: 'Off', occurred: '2026-03-01T09:30' },
          ],
        },
        answer: {
          successCount: 2,
          errorCount: 6,
          results: [
            { status: 'ACCEPTED' },
            { status: 'ACCEPTED' },
            { status: 'OCCURRED_DATE_IS_REQUIRED' },
            { status: 'INCORRECT_OCCURRED_DATE_FORMAT' },
            { status: 'INCORRECT_OCCURRED_DATE_FORMAT' },
            { status: 'OCCURRED_TIME_TOO_DEPTH' },
            { status: 'OCCURRED_TIME_IN_FUTURE' },
            { status: 'EVENT_SEGMENTATION_DISABLED' },
          ],
        },
        applied: true,
      },
      {
        send: 'POST /v2/past_events',
        body: {
          events: {
            ...past,
            params: [{ name: 'externalCustomerId', value: 'u1' }],
            occurred: '2026-03-01T09:30:00Z',
          },
        },
        answer: { successCount: 1, errorCount: 0 },
        applied: true,
      },
      { send: 'GET /v1/contacts?externalCustomerId=u1', keep: { ada: '0.id' } },
      {
        send: 'GET /v1/version',
        facts: [
          'Read {ContactId: {ada}, externalCustomerId: u1} k',
          'Read {ContactId: {ada}, externalCustomerId: u1} k',
        ],
      },
    ],
  },
  {
    does: 'refuses past events that are none, with their place',
    calls: [
      { send: 'POST /v1/past_events', body: {}, status: 400, answer: /events is required/ },
      { send: 'POST /v1/past_events', body: { events: [] }, status: 400 },
      {
        send: 'POST /v3/past_events',
        body: { events: [{ ...past, occurred: '2026-03-01T09:30' }, { eventTypeKey: 'A' }] },
        status: 400,
        answer: /^events\[1\]: /,
      },
      {
        send: 'POST /v3/past_events',
        body: { events: [{ eventTypeKey: 'A', params: { email: 'a@b.example' } }] },
        status: 400,
        answer: 'events[0]: keyValue is required.',
      },
      {
        send: 'POST /v3/past_events',
        body: { events: Array.from({ length: 501 }, () => past) },
        status: 400,
        answer: 'events holds more than 500 events.',
      },
    ],
  },
  {
    does: 'deletes past events only where the workspace allows it',
    calls: [
      {
        send: 'DELETE /v1/past_events',
        body: { from: '2026-03-01T09:00', to: '2026-03-01T10:00' },
        status: 403,
      },
    ],
  },
  {
    does: 'deletes past events of a time, both ends included',
    given: { settings: { delete_past_events: true } },
    calls: [
      {
        send: 'DELETE /v1/past_events',
        body: { from: '2026-03-01T09:00', to: '2026-03-01T09:00' },
        answer: '',
      },
      {
        send: 'DELETE /v1/past_events',
        body: { from: '2026-03-01T09:01', to: '2026-03-01T09:00' },
        status: 400,
        answer: 'to: lies before from',
      },
      {
        send: 'DELETE /v1/past_events',
        body: { from: 'yesterday', to: '2026-03-01T09:00' },
        status: 400,
        answer: /^from: expected a time/,
      },
    ],
  },
];

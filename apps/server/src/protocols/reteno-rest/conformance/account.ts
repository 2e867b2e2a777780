import { expect } from 'vitest';
import type { Case } from './case.ts';

export const accountCases: Case[] = [
  {
    does: 'tells whose key it is',
    calls: [
      {
        send: 'GET /v1/account/info',
        rights: ['contacts.write'],
        answer: {
          organisationName: expect.stringMatching(/^Workspace \d+$/),
          userEmail: expect.stringMatching(/^api-user\d+$/),
        },
      },
      { send: 'GET /v1/version', answer: { version: 'test', protocolVersion: '1.0' } },
      { send: 'GET /v1/version/', answer: { version: 'test', protocolVersion: '1.0' } },
    ],
  },
  {
    does: 'refuses who sends no key, and who lacks a right',
    calls: [
      {
        send: 'GET /v1/version',
        rights: null,
        status: 401,
        answer: 'Unknown API key: send it as the password of Basic auth.',
        answerHeaders: { 'www-authenticate': 'Basic realm="rest key"' },
      },
      {
        send: 'GET /v1/version',
        rights: null,
        headers: { authorization: 'Basic bm9ib2R5OndydW5n' },
        status: 401,
      },
      {
        send: 'GET /v1/contacts',
        rights: ['contacts.write'],
        status: 403,
        answer: 'This key lacks the right contacts.read, contacts.read_personal.',
      },
    ],
  },
  {
    does: 'lets a key for events record events, and nothing else',
    calls: [
      {
        send: 'POST /v3/event',
        rights: ['events.write'],
        body: { eventTypeKey: 'Trained', params: { externalCustomerId: 'u1' } },
        answer: '',
      },
      {
        send: 'POST /v1/auth/token',
        rights: ['events.write'],
        answer: { tokenType: 'Bearer' },
        keep: { token: 'token' },
      },
      {
        send: 'POST /v2/past_events',
        rights: null,
        headers: { authorization: 'Bearer {token}' },
        body: {
          events: [
            { eventTypeKey: 'Read', keyValue: 'k', params: [], occurred: '2026-03-01T09:30' },
          ],
        },
        answer: { successCount: 1 },
      },
      {
        send: 'POST /v3/event',
        rights: ['contacts.write'],
        body: { eventTypeKey: 'Trained', params: { externalCustomerId: 'u1' } },
      },
      ...[
        ['POST /v1/contact', { channels: [{ type: 'email', value: 'a@example.com' }] }],
        ['DELETE /v1/contact?externalCustomerId=u1', undefined],
        ['POST /v1/orders', { orders: [] }],
        ['POST /v1/emails/unsubscribed/add', { emails: ['a@example.com'] }],
      ].map(([send, body]) => ({
        send: send as string,
        rights: ['events.write' as const],
        ...(body !== undefined && { body }),
        status: 403,
        answer: 'This key lacks the right contacts.write.',
      })),
      {
        send: 'POST /v3/event',
        rights: ['contacts.read'],
        body: {},
        status: 403,
        answer: 'This key lacks the right events.write.',
      },
    ],
  },
  {
    does: 'knows its calls and their methods',
    calls: [
      { send: 'GET /v1/nothing', status: 404, answer: /^There is no such call/ },
      {
        send: 'POST /v1/version',
        body: {},
        status: 405,
        answer: 'This call takes GET.',
        answerHeaders: { allow: 'GET' },
      },
      {
        send: 'PATCH /v1/contact/1',
        body: {},
        status: 405,
        answerHeaders: { allow: 'PUT, GET, DELETE' },
      },
    ],
  },
  {
    does: 'takes JSON alone',
    calls: [
      {
        send: 'POST /v1/contact',
        body: '<contact/>',
        headers: { 'content-type': 'text/xml' },
        status: 415,
        answer: 'Send application/json; charset=UTF-8.',
      },
      { send: 'POST /v1/contact', body: '{"channels":', status: 400, answer: /JSON/ },
      { send: 'POST /v1/contact', body: '[]', status: 400, answer: /^the body: .*expected object/ },
      {
        send: 'POST /v1/contact',
        body: '',
        headers: { 'content-type': 'application/json' },
        status: 400,
      },
    ],
  },
  {
    does: 'counts calls by the second when rate limits are on',
    given: { settings: { rate_limits: true } },
    calls: [
      ...Array.from({ length: 50 }, () => ({
        send: 'GET /v1/contacts?email=a@example.com',
        later: 0,
      })),
      {
        send: 'GET /v1/contacts?email=a@example.com',
        later: 0,
        status: 429,
        answer: 'Too many calls in this second.',
        answerHeaders: { 'retry-after': '1' },
      },
      { send: 'GET /v1/contacts?email=a@example.com' },
    ],
  },
  {
    does: 'gives tokens that are good for events alone',
    calls: [
      { send: 'POST /v1/auth/token', keep: { token: 'token' }, answer: { tokenType: 'Bearer' } },
      {
        send: 'POST /v3/event',
        rights: null,
        headers: { authorization: 'Bearer {token}' },
        body: { eventTypeKey: 'Trained', params: { externalCustomerId: 'u1' } },
        answer: '',
      },
      {
        send: 'GET /v1/version',
        rights: null,
        headers: { authorization: 'Bearer {token}' },
        status: 401,
      },
      {
        send: 'POST /v3/event',
        rights: null,
        later: 3600,
        headers: { authorization: 'Bearer {token}' },
        body: { eventTypeKey: 'Trained', params: { externalCustomerId: 'u1' } },
        status: 401,
      },
      {
        send: 'POST /v3/event',
        rights: null,
        headers: { authorization: 'Bearer v1.abc' },
        body: {},
        status: 401,
      },
    ],
  },
  {
    does: 'lists custom fields by group',
    given: {
      fields: [
        { key: 'goal', type: 'choice', choices: ['run', 'swim'] },
        { key: 'born', type: 'date' },
      ],
    },
    calls: [
      {
        send: 'GET /v1/addressbooks',
        answer: {
          addressBook: {
            name: 'Main',
            fieldGroups: [
              {
                name: 'Personal',
                profileKey: 'PERSONAL',
                fields: [
                  {
                    id: '{field.goal}',
                    name: 'goal',
                    fieldKey: 'goal',
                    description: {
                      type: 'COMBOBOX',
                      required: false,
                      readonly: false,
                      allowedValues: { possibleValues: ['run', 'swim'] },
                    },
                  },
                  { id: '{field.born}', description: { type: 'DATE' } },
                ],
              },
            ],
          },
        },
      },
    ],
  },
  {
    does: 'writes lists of one and numbers as old clients read them',
    given: { settings: { legacy_answers: true }, fields: [{ key: 'born', type: 'date' }] },
    calls: [
      {
        send: 'GET /v1/addressbooks',
        answer: {
          addressBook: {
            name: 'Main',
            fieldGroups: {
              name: 'Personal',
              fields: { fieldKey: 'born', description: { required: 'false' } },
            },
          },
        },
      },
      {
        send: 'POST /v1/contacts',
        body: {
          dedupeOn: 'email',
          contacts: [
            { channels: [{ type: 'email', value: 'a@example.com' }] },
            { firstName: 'Nobody' },
          ],
        },
        answer: { id: '0', failedContacts: { firstName: 'Nobody' } },
        keep: { session: 'asyncSessionId' },
        applied: true,
      },
      {
        send: 'GET /v1/importstatus/{session}',
        answer: { mapping: [{ dedupeValue: 'a@example.com' }] },
        keep: { ada: 'mapping.0.contactId' },
      },
      {
        send: 'GET /v1/contacts/email?ids={ada}',
        answer: { results: { contactId: expect.stringMatching(/^\d+$/), email: 'a@example.com' } },
      },
      { send: 'GET /v1/contact/{ada}', answer: { id: '{ada}', fields: [] } },
    ],
  },
];

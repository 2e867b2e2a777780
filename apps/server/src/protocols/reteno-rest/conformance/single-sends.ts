import type { Case } from './case.ts';

const given = { messages: [{ key: 'welcome' }] };
const path = 'POST /v1/message/{message.welcome}/smartsend';
const ada = { locator: 'Ada@Example.com', jsonParam: '{"order": 17}' };
const single = {
  from: '"Example" <hello@example.com>',
  subject: 'On its way',
  htmlText: '<p>Hello</p>',
};

export const singleSendCases: Case[] = [
  {
    does: 'sends a message to single recipients, and says what became of it',
    given,
    calls: [
      {
        send: path,
        body: { recipients: [ada], email: true },
        answer: { id: 0, results: [{ locator: 'Ada@Example.com', status: 'OK' }] },
        keep: { request: 'results.0.requestId' },
      },
      {
        send: 'GET /v1/message/status?ids={request}',
        answer: {
          results: [
            { requestId: '{request}', status: 'IN_QUEUE', failed: false, delivered: false },
          ],
        },
      },
      {
        send: 'GET /v1/message/email/status?ids={request}',
        answer: { results: [{}] },
        applied: true,
      },
      { send: 'GET /v1/contacts?email=ada@example.com', answer: [{}] },
    ],
  },
  {
    does: 'answers each recipient of a call by itself',
    given,
    calls: [
      {
        send: 'POST /v1/contact',
        body: { externalCustomerId: 'u1', channels: [{ type: 'email', value: 'u1@example.com' }] },
        keep: { u1: 'id' },
      },
      {
        send: path,
        body: {
          recipients: [
            { contactId: '{u1}' },
            { externalCustomerId: 'u1', languageCode: 'en' },
            { contactId: 999999 },
            { locator: 'nobody' },
            {},
            { locator: 'a@example.com', jsonParam: '{' },
            { locator: 'a@example.com', jsonParam: '[1]' },
          ],
        },
        answer: {
          results: [
            { status: 'OK' },
            { status: 'OK' },
            { status: 'ERROR', message: 'contactId: there is no contact 999999' },
            { locator: 'nobody', status: 'ERROR', message: 'locator: expected an e-mail address' },
            { status: 'ERROR' },
            {
              status: 'ERROR',
              message: 'jsonParam: expected a JSON object, written as a text',
            },
            {
              status: 'ERROR',
              message: 'jsonParam: expected a JSON object, written as a text',
            },
          ],
        },
      },
    ],
  },
  {
    does: 'takes the same request once',
    given,
    calls: [
      {
        send: path,
        body: { recipients: [{ ...ada, externalRequestId: 'r1' }] },
        keep: { first: 'results.0.requestId' },
      },
      {
        send: path,
        body: { recipients: [{ locator: 'ada@example.com', externalRequestId: 'r1' }] },
        later: 86_400,
        answer: { results: [{ requestId: '{first}' }] },
      },
      {
        send: path,
        body: { recipients: [ada] },
        keep: { unnamed: 'results.0.requestId' },
      },
      {
        send: path,
        body: { recipients: [ada] },
        later: 30,
        answer: { results: [{ requestId: '{unnamed}' }] },
      },
    ],
  },
  {
    does: 'refuses a message that is not there, and too many recipients',
    given,
    calls: [
      {
        send: 'POST /v1/message/999999/smartsend',
        body: { recipients: [ada] },
        status: 404,
        answer: "There is no message with id='999999'.",
      },
      {
        send: path,
        body: { recipients: Array.from({ length: 1001 }, () => ada) },
        status: 400,
        answer: /at most 1000 are taken at once, and here are 1001/,
      },
      { send: path, body: { recipients: [ada] }, rights: ['events.write'], status: 403 },
    ],
  },
  {
    does: 'sends single messages with content of their own',
    given: { categories: [{ key: 'orders' }] },
    calls: [
      {
        send: 'POST /v1/message/email',
        body: {
          ...single,
          emails: ['a@example.com', 'b@example.com'],
          tags: ['shipping'],
          subscriptionsKeys: ['orders'],
          externalRequestId: 'order-1',
        },
        answer: {
          results: [
            { locator: 'a@example.com', status: 'OK' },
            { locator: 'b@example.com', status: 'OK' },
          ],
        },
        keep: { a: 'results.0.requestId' },
      },
      {
        send: 'POST /v1/message/email',
        body: {
          ...single,
          subject: 'On its way again',
          emails: ['a@example.com'],
          externalRequestId: 'order-1',
        },
        answer: { results: [{ requestId: '{a}' }] },
        applied: true,
      },
      { send: 'GET /v1/contacts?email=b@example.com', answer: [{}] },
      {
        send: 'POST /v1/message/sms',
        body: { from: 'Example', text: 'Your code is 1', phoneNumbers: ['380501234567'] },
        answer: { results: [{ locator: '380501234567', status: 'OK' }] },
      },
      {
        send: 'POST /v1/message/viber',
        body: {
          text: 'Hello',
          phoneNumbers: ['380501234567'],
          caption: 'Open',
          action: 'https://example.com',
        },
        answer: { results: [{ status: 'OK' }] },
      },
    ],
  },
  {
    does: 'sends a message to addresses by the old call, with parameters for all',
    given,
    calls: [
      {
        send: 'POST /v1/message/{message.welcome}/send',
        body: {
          recipients: ['ada@example.com', 'nobody'],
          params: [{ key: 'order', value: '17' }],
          email: true,
        },
        answer: {
          id: 0,
          results: [
            { locator: 'ada@example.com', status: 'OK' },
            { locator: 'nobody', status: 'ERROR', message: 'locator: expected an e-mail address' },
          ],
        },
        keep: { request: 'results.0.requestId' },
      },
      {
        send: 'POST /v1/message/{message.welcome}/send',
        body: {
          recipients: ['ada@example.com', 'nobody'],
          params: [{ key: 'order', value: '17' }],
          email: true,
        },
        answer: { results: [{ requestId: '{request}' }, {}] },
      },
      {
        send: 'POST /v1/message/{message.welcome}/send',
        body: { recipients: 'ada@example.com', params: { key: 'order', value: '18' } },
        answer: { results: [{ status: 'OK' }] },
      },
      {
        send: 'POST /v1/message/{message.welcome}/send',
        body: { recipients: [] },
        status: 400,
        answer: 'expected at least one recipient',
      },
      {
        send: 'POST /v1/message/999999/send',
        body: { recipients: ['ada@example.com'] },
        status: 404,
      },
    ],
  },
  {
    does: 'sends an SMS by the old name',
    calls: [
      {
        send: 'POST /v1/callouts/sms',
        body: {
          from: 'Example',
          text: 'See https://example.com',
          phoneNumbers: '380501234567',
          trackUrls: true,
        },
        answer: { results: [{ locator: '380501234567', status: 'OK' }] },
      },
    ],
  },
  {
    does: 'sends a text to everybody in a list as one broadcast, once',
    calls: [
      {
        send: 'POST /v1/contact',
        body: {
          channels: [{ type: 'sms', value: '380501234567' }],
          groups: [{ name: 'Runners' }],
        },
      },
      { send: 'GET /v1/groups', keep: { list: '0.id' } },
      {
        send: 'POST /v1/message/sms',
        body: { from: 'Example', text: 'Hi', groupId: '{list}', externalRequestId: 'run-1' },
        answer: { id: 0, results: [{ status: 'OK' }] },
        keep: { broadcast: 'results.0.broadcastId' },
      },
      {
        send: 'POST /v1/message/sms',
        body: { from: 'Example', text: 'Hi!', groupId: '{list}', externalRequestId: 'run-1' },
        later: 86_400,
        answer: { results: [{ broadcastId: '{broadcast}' }] },
      },
      {
        send: 'GET /v1/broadcast/{broadcast}',
        answer: { title: 'SMS by API: Runners', groups: ['{list}'], status: 'STARTED' },
      },
      {
        send: 'POST /v1/message/viber',
        body: { text: 'Hi', groupId: '{list}' },
        keep: { first: 'results.0.broadcastId' },
      },
      {
        send: 'POST /v1/message/viber',
        body: { text: 'Hi', groupId: '{list}' },
        answer: { results: [{ broadcastId: '{first}' }] },
      },
      {
        send: 'POST /v1/message/viber',
        body: { text: 'Hi', groupId: '{list}' },
        later: 61,
        keep: { second: 'results.0.broadcastId' },
      },
      { send: 'GET /v1/broadcasts', answer: [{ broadcastId: '{second}' }, {}, {}] },
      {
        send: 'POST /v1/message/sms',
        body: { from: 'A', text: 'Hi', groupId: 999999 },
        status: 400,
        answer: 'groupId: there is no list or segment 999999',
      },
      {
        send: 'POST /v1/message/sms',
        body: { from: 'A', text: 'Hi', groupId: '{list}', phoneNumbers: ['380501234567'] },
        status: 400,
        answer: 'phoneNumbers, groupId: expected one of them',
      },
      {
        send: 'POST /v1/message/sms',
        body: { from: 'A', text: '{% if %}', groupId: '{list}' },
        status: 400,
        answer: /^text: /,
      },
    ],
  },
  {
    does: 'says what is wrong with the content of a single message',
    calls: [
      {
        send: 'POST /v1/message/email',
        body: { ...single, htmlText: '<p>{{ contact.</p>', emails: ['a@example.com'] },
        status: 400,
        answer: /^htmlText: /,
      },
      {
        send: 'POST /v1/message/email',
        body: {
          ...single,
          htmlText: '<p>{{ contact.</p>',
          skipPersonalisation: true,
          emails: ['a@example.com'],
        },
        answer: { results: [{ status: 'OK' }] },
      },
      {
        send: 'POST /v1/message/email',
        body: { ...single, ampHtmlText: '<p>no AMP</p>', emails: ['a@example.com'] },
        status: 400,
        answer: 'ampHtmlText: Must be an AMP page for e-mail, which begins with <html ⚡4email>.',
      },
      {
        send: 'POST /v1/message/email',
        body: { ...single, emails: [] },
        status: 400,
        answer: 'expected at least one address',
      },
      {
        send: 'POST /v1/message/email',
        body: { ...single, emails: ['a@example.com'], subscriptionsKeys: ['none'] },
        status: 400,
        answer: /there is no category none/,
      },
    ],
  },
  {
    does: 'leaves unknown requests out, and says what an ID is',
    calls: [
      { send: 'GET /v1/message/status?ids=123456789', answer: { results: [] } },
      { send: 'GET /v1/message/status?ids=a', status: 400, answer: /ids: expected requestIds/ },
      { send: 'GET /v1/message/status', status: 400 },
    ],
  },
];

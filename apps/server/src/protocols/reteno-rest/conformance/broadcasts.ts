import type { Call, Case } from './case.ts';

const runners: Call = {
  send: 'POST /v1/contact',
  body: { externalCustomerId: 'u1', channels: [], groups: [{ name: 'Runners' }] },
};
const group: Call = { send: 'GET /v1/groups', keep: { list: '0.id' } };
const given = { messages: [{ key: 'sale' }] };

export const broadcastCases: Case[] = [
  {
    does: 'starts a broadcast now, and shows it alone and among others',
    given,
    calls: [
      runners,
      group,
      {
        send: 'POST /v1/broadcast',
        body: { title: 'Sale', messageId: '{message.sale}', groups: ['{list}'] },
        answer: { title: 'Sale', groups: ['{list}'], excludedGroups: [], status: 'STARTED' },
        keep: { sale: 'broadcastId' },
      },
      {
        send: 'GET /v1/broadcast/{sale}',
        answer: { broadcastId: '{sale}', messageId: '{message.sale}', status: 'STARTED' },
      },
      { send: 'GET /v1/broadcasts', answer: [{ broadcastId: '{sale}', title: 'Sale' }] },
      { send: 'GET /v1/broadcasts?startindex=2&maxrows=1', answer: [] },
      {
        send: 'DELETE /v1/broadcast/{sale}',
        status: 400,
        answer: 'Only a scheduled broadcast can be cancelled; this one is running.',
      },
    ],
  },
  {
    does: 'lets one wait for its time in batches, until it is cancelled',
    given,
    calls: [
      runners,
      group,
      {
        send: 'POST /v1/broadcast',
        body: {
          messageId: '{message.sale}',
          groups: ['{list}'],
          startDate: '2026-03-05T09:30',
          batchSize: 500,
          batchIntervalUnit: 'HOUR',
        },
        answer: {
          status: 'SCHEDULED',
          startDate: '2026-03-05T09:30:00.000Z',
          batchSize: 500,
          batchIntervalUnit: 'HOUR',
        },
        keep: { later: 'broadcastId' },
      },
      { send: 'DELETE /v1/broadcast/{later}', answer: '' },
      { send: 'GET /v1/broadcast/{later}', answer: { status: 'CANCELLED' } },
    ],
  },
  {
    does: 'starts a broadcast to devices of one app, and refuses what has no apps or sites',
    given,
    calls: [
      runners,
      group,
      {
        send: 'POST /v1/messages/mobilepush',
        body: { name: 'P', title: 'Hi', text: 'There' },
        keep: { push: 'id' },
      },
      {
        send: 'POST /v1/broadcast',
        body: { messageId: '{push}', groups: ['{list}'], appId: 'ios-app' },
        answer: { status: 'STARTED', appId: 'ios-app' },
      },
      {
        send: 'POST /v1/broadcast',
        body: { messageId: '{message.sale}', groups: ['{list}'], appId: 'ios-app' },
        status: 400,
        answer: 'appId: Addresses of Email belong to no app: leave it out.',
      },
      {
        send: 'POST /v1/broadcast',
        body: { messageId: '{push}', groups: ['{list}'], domain: 'shop.example' },
        status: 400,
        answer: 'domain: browsers are not kept by their site, so none can be chosen',
      },
    ],
  },
  {
    does: 'starts a campaign that is there, once',
    given,
    calls: [
      runners,
      group,
      {
        send: 'POST /v1/broadcast',
        body: {
          messageId: '{message.sale}',
          groups: ['{list}'],
          startDate: '2026-03-05T09:30',
        },
        keep: { later: 'broadcastId' },
      },
      {
        send: 'POST /v1/campaigns/{later}/start',
        answer: { broadcastId: '{later}', status: 'STARTED' },
      },
      {
        send: 'POST /v1/campaigns/{later}/start',
        status: 409,
        answer: 'A campaign that is running cannot be started.',
      },
      {
        send: 'POST /v1/campaigns/999999/start',
        status: 404,
        answer: "There is no campaign with id='999999'.",
      },
      { send: 'POST /v1/campaigns/{later}/start', rights: ['contacts.write'], status: 403 },
    ],
  },
  {
    does: 'refuses what cannot be sent, and says what and where',
    given,
    calls: [
      runners,
      group,
      {
        send: 'POST /v1/broadcast',
        body: { groups: ['{list}'] },
        status: 400,
        answer: /^messageId/,
      },
      {
        send: 'POST /v1/broadcast',
        body: { messageId: 999999, groups: [999998] },
        status: 400,
        answer: 'messageId: The message is not there.\ngroups[0]: Segment 999998 is not there.',
      },
      {
        send: 'POST /v1/broadcast',
        body: { messageId: '{message.sale}', groups: ['{list}'], startDate: '2026-03-01T09:30' },
        status: 400,
        answer: 'startDate: This time has passed.',
      },
      {
        send: 'POST /v1/broadcast',
        body: { messageId: '{message.sale}', groups: ['{list}'], startDate: '2026-02-30T09:30' },
        status: 400,
        answer: 'startDate: there is no such day',
      },
      {
        send: 'POST /v1/broadcast',
        body: { messageId: '{message.sale}', groups: ['{list}'], batchSize: 100 },
        status: 400,
        answer: 'batchIntervalUnit: expected it with batchSize',
      },
      {
        send: 'POST /v1/broadcast',
        body: { messageId: '{message.sale}', groups: ['{list}'] },
        rights: ['contacts.write'],
        status: 403,
      },
      {
        send: 'GET /v1/broadcast/999999',
        status: 404,
        answer: "There is no broadcast with id='999999'.",
      },
      {
        send: 'POST /v1/messages/email',
        body: {
          name: 'Offers',
          from: 'a@example.com',
          subject: 'Offers',
          htmlText:
            '{% fetch "https://shop.example/offers" as offers, secret: "none" %}<a href="{{ unsubscribe_url }}">x</a>',
        },
        keep: { offers: 'id' },
      },
      {
        send: 'POST /v1/broadcast',
        body: { messageId: '{offers}', groups: ['{list}'] },
        status: 400,
        answer:
          'messageId: The message “Offers” fetches with the secret “none”, which is not there.',
      },
      { send: 'GET /v1/broadcasts', answer: [] },
    ],
  },
];

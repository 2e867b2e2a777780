import type { Case } from './case.ts';

const period = 'dateFrom=2026-02-01&dateTo=2026-03-31';

export const activityCases: Case[] = [
  {
    does: 'lists the messages of a contact, with those that were decided against',
    given: { messages: [{ key: 'welcome' }] },
    calls: [
      {
        send: 'POST /v1/contact',
        body: { externalCustomerId: 'u1', channels: [{ type: 'email', value: 'u1@example.com' }] },
        keep: { u1: 'id' },
      },
      { send: 'POST /v1/contact', body: { externalCustomerId: 'mute', channels: [] } },
      {
        send: 'POST /v1/message/{message.welcome}/smartsend',
        body: {
          recipients: [
            { externalCustomerId: 'u1', externalRequestId: 'r1' },
            { externalCustomerId: 'mute' },
          ],
        },
        applied: true,
      },
      {
        send: `GET /v2/contacts/messages?${period}&externalCustomerId=u1`,
        answer: [
          {
            contactId: '{u1}',
            messageId: '{message.welcome}',
            messageName: 'welcome',
            mediaType: 'email',
            address: 'u1@example.com',
            status: 'IN_QUEUE',
            externalRequestId: 'r1',
          },
        ],
      },
      {
        send: `GET /v2/contacts/messages?${period}&contactId={u1}&channelTypes=Email,SMS`,
        answer: [{ messageName: 'welcome' }],
      },
      {
        send: `GET /v2/contacts/messages?${period}&email=u1@example.com&channelTypes=sms`,
        answer: [],
      },
      { send: `GET /v2/contacts/messages?${period}&email=u1@example.com&offset=1`, answer: [] },
      {
        send: `GET /v2/contacts/messages?${period}&externalCustomerId=mute`,
        answer: [{ status: 'ERROR', statusDescription: 'no address' }],
      },
    ],
  },
  {
    does: 'says what is wrong with what is asked for',
    calls: [
      {
        send: `GET /v2/contacts/messages?${period}`,
        status: 400,
        answer: 'expected one of contactId, externalCustomerId, email and phone',
      },
      { send: `GET /v2/contacts/messages?${period}&contactId=999999`, status: 404 },
      {
        send: 'GET /v2/contacts/messages?dateFrom=2026-01-01&dateTo=2026-12-31&contactId=1',
        status: 400,
        answer: 'dateTo: expected at most three months after dateFrom',
      },
      {
        send: 'GET /v2/contacts/activity?dateFrom=2026-03-02&dateTo=2026-03-01',
        status: 400,
        answer: 'dateTo: expected a time after dateFrom',
      },
      {
        send: 'GET /v2/contacts/activity?dateFrom=tomorrow&dateTo=2026-03-01',
        status: 400,
        answer: /dateFrom: expected a time/,
      },
      {
        send: `GET /v2/contacts/activity?${period}&activityStatus=LOST`,
        status: 400,
        answer: /activityStatus: expected one of SENT, DELIVERED/,
      },
      { send: `GET /v2/contacts/activity?${period}&maxrows=25001`, status: 400 },
      {
        send: `GET /v2/contacts/activity?${period}&email=a@example.com&sms=380501234567`,
        status: 400,
        answer: 'expected one of email, sms and the tokens',
      },
      { send: `GET /v2/contacts/activity?${period}`, answer: [] },
      { send: `GET /v2/contacts/activity?${period}&email=a@example.com`, answer: [] },
      { send: `GET /v2/contacts/activity?${period}&messageTag=none`, answer: [] },
    ],
  },
];

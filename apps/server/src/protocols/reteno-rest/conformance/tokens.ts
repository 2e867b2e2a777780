import type { Call, Case } from './case.ts';

/** As long as Firebase makes them, with a colon. */
const FCM_TOKEN = `dX-9s_kQT0u:APA91b${'Hq7Zr_w-'.repeat(18)}`;
const sms = { type: 'sms', value: '+380501234567' };

function push(value: string, device: object = {}): object {
  return { type: 'mobilepush', value, device: { appId: 'app-1', os: 'Android', ...device } };
}

function added(name: string, body: object): Call {
  return { send: 'POST /v1/contact', body, keep: { [name]: 'id' } };
}

export const tokenCases: Case[] = [
  {
    does: 'adds push tokens with a contact, and finds whose they are',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [push('t-1', { deviceModel: 'Pixel' })] }),
      {
        send: 'GET /v1/contact/{ada}',
        answer: {
          channels: [
            {
              type: 'mobilepush',
              value: 't-1',
              device: { appId: 'app-1', os: 'Android', deviceModel: 'Pixel', active: true },
            },
          ],
        },
      },
      { send: 'GET /v1/contact/token/app-1/t-1/contactId', answer: { id: '{ada}' } },
      {
        send: 'GET /v1/contact/token/app-2/t-1/contactId',
        status: 404,
        answer: 'There is no such token in this app.',
      },
      { send: 'GET /v1/contact/token/app-1/t-2/contactId', status: 404 },
      added('ada', { externalCustomerId: 'u1', channels: [push(FCM_TOKEN)] }),
      {
        send: `GET /v1/contact/token/app-1/${encodeURIComponent(FCM_TOKEN)}/contactId`,
        answer: { id: '{ada}' },
      },
    ],
  },
  {
    does: 'keeps all push tokens of a call, each with its device',
    calls: [
      added('ada', {
        externalCustomerId: 'u1',
        channels: [push('t-1'), push('t-2', { appId: 'app-2', active: false })],
      }),
      { send: 'GET /v1/contact/token/app-1/t-1/contactId', answer: { id: '{ada}' } },
      { send: 'GET /v1/contact/token/activated/app-1/t-1', answer: { active: true } },
      { send: 'GET /v1/contact/token/activated/app-2/t-2', answer: { active: false } },
      {
        send: 'POST /v1/contacts',
        body: {
          dedupeOn: 'externalCustomerId',
          contacts: [{ externalCustomerId: 'u1', channels: [push('t-3'), push('t-4')] }],
        },
        applied: true,
      },
      {
        send: 'GET /v1/contact/{ada}',
        answer: {
          channels: [
            push('t-3', { active: true }),
            push('t-4', { active: true }),
            push('t-1', { active: true }),
            push('t-2', { appId: 'app-2', active: false }),
          ],
        },
      },
      { send: 'PUT /v1/contact/token/activated/app-1/t-1', body: { active: false } },
    ],
  },
  {
    does: 'shows browsers, chats and devices with the contact',
    calls: [
      added('ada', {
        externalCustomerId: 'u1',
        channels: [
          { type: 'webpush', value: 'w-1', webPushSubscription: { appId: 'site', os: 'Linux' } },
          { type: 'telegrambot', value: 'chat-1' },
          { type: 'appinbox', value: 'd-1' },
        ],
      }),
      {
        send: 'GET /v1/contact/{ada}',
        answer: {
          channels: [
            { type: 'webpush', value: 'w-1' },
            { type: 'appinbox', value: 'd-1' },
            { type: 'telegrambot', value: 'chat-1' },
          ],
        },
      },
    ],
  },
  {
    does: 'switches a token off and on',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [push('t-1')] }),
      { send: 'GET /v1/contact/token/activated/app-1/t-1', answer: { active: true } },
      {
        send: 'PUT /v1/contact/token/activated/app-1/t-1',
        body: { active: false },
        answer: { active: false },
      },
      { send: 'GET /v1/contact/token/activated/app-1/t-1', answer: { active: false } },
      { send: 'PUT /v1/contact/token/activated/app-1/t-1', body: { active: true } },
      { send: 'GET /v1/contact/token/activated/app-1/t-1', answer: { active: true } },
      {
        send: 'PUT /v1/contact/token/activated/app-1/t-1',
        body: { active: 'no' },
        status: 400,
        answer: 'active: expected true or false',
      },
      { send: 'PUT /v1/contact/token/activated/app-1/t-9', body: { active: true }, status: 404 },
    ],
  },
  {
    does: 'adds tokens to contacts that are named in one of four ways; a token moves to its last owner',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [] }),
      added('bob', { channels: [sms] }),
      {
        send: 'POST /v1/apps/app-1/tokens',
        body: {
          tokens: [
            { token: 't-1', contactId: '{ada}' },
            { token: 't-2', externalCustomerId: 'u1' },
            { token: 't-3', phone: '380501234567' },
            { token: 't-4', email: 'new@example.com' },
          ],
        },
        answer: '4 tokens have been added',
        applied: true,
      },
      { send: 'GET /v1/contact/token/app-1/t-1/contactId', answer: { id: '{ada}' } },
      { send: 'GET /v1/contact/token/app-1/t-2/contactId', answer: { id: '{ada}' } },
      { send: 'GET /v1/contact/token/app-1/t-3/contactId', answer: { id: '{bob}' } },
      { send: 'GET /v1/contacts?email=new@example.com', keep: { fresh: '0.id' } },
      { send: 'GET /v1/contact/token/app-1/t-4/contactId', answer: { id: '{fresh}' } },
      {
        send: 'POST /v1/apps/app-1/tokens',
        body: { tokens: [{ token: 't-1', contactId: '{bob}' }] },
        applied: true,
      },
      { send: 'GET /v1/contact/token/app-1/t-1/contactId', answer: { id: '{bob}' } },
      {
        send: 'POST /v1/apps/app-1/tokens',
        body: { tokens: [{ token: 't-5' }, { token: 'null', contactId: '{ada}' }] },
        status: 400,
        answer:
          'tokens[0]: expected a contactId, externalCustomerId, phone or email\ntokens[1].token: expected a token',
      },
      { send: 'POST /v1/apps/app-1/tokens', body: {}, status: 400 },
    ],
  },
  {
    does: 'mutes a Telegram chat for a time, or for good',
    calls: [
      added('ada', {
        externalCustomerId: 'u1',
        channels: [{ type: 'telegrambot', value: 'chat-1' }],
      }),
      { send: 'POST /v1/apps/bot/token/mute', body: { token: 'chat-1', duration: 60 }, answer: '' },
      { send: 'POST /v1/apps/bot/token/mute', body: { token: 'chat-1' }, answer: '' },
      { send: 'POST /v1/apps/bot/token/unmute', body: { token: 'chat-1' }, answer: '' },
      {
        send: 'POST /v1/apps/bot/token/mute',
        body: { token: 'chat-2' },
        status: 404,
        answer: 'There is no such Telegram token.',
      },
      {
        send: 'POST /v1/apps/bot/token/mute',
        body: { token: 'chat-1', duration: 4 },
        status: 400,
        answer: 'duration: expected a whole number of seconds from 5 to 31536000',
      },
      { send: 'POST /v1/apps/bot/token/mute', body: {}, status: 400 },
      { send: 'POST /v1/apps/bot/token/unmute', body: { token: 'chat-2' }, status: 404 },
    ],
  },
];

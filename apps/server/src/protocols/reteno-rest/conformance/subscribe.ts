import type { Case } from './case.ts';

const email = (value: string) => ({ type: 'email', value });

export const subscribeCases: Case[] = [
  {
    does: 'signs a new contact up, unconfirmed',
    calls: [
      {
        send: 'POST /v1/contact/subscribe',
        body: {
          contact: { firstName: 'Ada', channels: [email('a@example.com')] },
          formType: 'footer',
        },
        answer: { emailStatus: 'NEED_CONFIRMATION', new: true },
        keep: { ada: 'id' },
        facts: ['subscribeFromApi-footer {ContactId: {ada}, EmailAddress: a@example.com} {ada}'],
      },
      {
        send: 'GET /v1/contact/{ada}',
        answer: { firstName: 'Ada', channels: [email('a@example.com')] },
      },
    ],
  },
  {
    does: 'updates a known contact and keeps the addresses that it has',
    calls: [
      {
        send: 'POST /v1/contact',
        body: { externalCustomerId: 'u1', firstName: 'Ada', channels: [email('a@example.com')] },
        keep: { ada: 'id' },
      },
      {
        send: 'POST /v1/contact/subscribe',
        body: {
          contact: {
            externalCustomerId: 'u1',
            lastName: 'Byron',
            channels: [email('b@example.com'), { type: 'sms', value: '+380501234567' }],
          },
        },
        answer: { id: '{ada}', emailStatus: 'ALREADY_SUBSCRIBED', new: false },
      },
      {
        send: 'GET /v1/contact/{ada}',
        answer: {
          firstName: 'Ada',
          lastName: 'Byron',
          channels: [email('a@example.com'), { type: 'sms', value: '380501234567' }],
        },
      },
    ],
  },
  {
    does: 'finds by external ID, then e-mail, then phone, and joins nobody',
    calls: [
      {
        send: 'POST /v1/contact',
        body: { channels: [email('a@example.com')] },
        keep: { ada: 'id' },
      },
      {
        send: 'POST /v1/contact',
        body: { channels: [{ type: 'sms', value: '+380501234567' }] },
        keep: { bob: 'id' },
      },
      {
        send: 'POST /v1/contact/subscribe',
        body: {
          contact: { channels: [{ type: 'sms', value: '+380501234567' }, email('a@example.com')] },
        },
        answer: { id: '{ada}', new: false },
      },
      { send: 'GET /v1/contact/{bob}', answer: { id: '{bob}' } },
    ],
  },
  {
    does: 'refuses the same sign-up within a minute, and what is none',
    calls: [
      {
        send: 'POST /v1/contact/subscribe',
        body: { contact: { channels: [email('a@example.com')] } },
      },
      {
        send: 'POST /v1/contact/subscribe',
        body: { contact: { channels: [email('a@example.com')] } },
        status: 409,
      },
      { send: 'POST /v1/contact/subscribe', body: {}, status: 400, answer: /^contact: / },
      {
        send: 'POST /v1/contact/subscribe',
        body: { contact: { channels: [email('a')] } },
        status: 400,
        answer: 'contact.channels[0].value: is not an e-mail address',
      },
      {
        send: 'POST /v1/contact/subscribe',
        body: { contact: { channels: [email('c@example.com')] }, formType: 'a b' },
        status: 400,
        answer: 'formType: expected at most 60 letters, digits, dots, _ and -',
      },
    ],
  },
];

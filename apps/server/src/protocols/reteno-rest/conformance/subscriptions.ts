import type { Case } from './case.ts';

const email = (value: string) => ({ type: 'email', value });
const categories = [{ key: 'news' }, { key: 'offers' }, { key: 'tips', defaultSubscribed: true }];

export const subscriptionCases: Case[] = [
  {
    does: 'lists categories and how many are in them',
    given: { categories },
    calls: [
      {
        send: 'POST /v1/contact',
        body: { channels: [email('a@example.com')] },
        keep: { ada: 'id' },
      },
      { send: 'PUT /v1/contact/{ada}/subscriptions', body: { subscriptions: ['news'] } },
      {
        send: 'GET /v1/subscriptions',
        answer: [
          { key: 'news', name: 'news', groupId: null, contactsCount: 1 },
          { key: 'offers', contactsCount: 0 },
          { key: 'tips', contactsCount: 0 },
        ],
      },
    ],
  },
  {
    does: 'replaces what a contact is in',
    given: { categories },
    calls: [
      {
        send: 'POST /v1/contact',
        body: { channels: [email('a@example.com')] },
        keep: { ada: 'id' },
      },
      { send: 'GET /v1/contact/{ada}/subscriptions', answer: [{ key: 'tips' }] },
      {
        send: 'PUT /v1/contact/{ada}/subscriptions',
        body: { subscriptions: ['news', 'offers'] },
        answer: "Contact with id='{ada}' has been updated",
        facts: ['SubscriptionChanged {subscribed: ["news","offers"], unsubscribed: ["tips"]}'],
      },
      { send: 'GET /v1/contact/{ada}/subscriptions', answer: [{ key: 'news' }, { key: 'offers' }] },
      { send: 'PUT /v1/contact/{ada}/subscriptions', body: { subscriptions: [] } },
      { send: 'GET /v1/contact/{ada}/subscriptions', answer: [] },
      {
        send: 'PUT /v1/contact/{ada}/subscriptions',
        body: { subscriptions: ['news', 'shoes'] },
        status: 400,
        answer: 'subscriptions: there is no category shoes',
      },
      { send: 'PUT /v1/contact/{ada}/subscriptions', body: {}, status: 400 },
      { send: 'PUT /v1/contact/999999/subscriptions', body: { subscriptions: [] }, status: 404 },
      { send: 'GET /v1/contact/999999/subscriptions', status: 404 },
    ],
  },
  {
    does: 'signs up with categories and lists',
    given: { categories },
    calls: [
      {
        send: 'POST /v1/contact/subscribe',
        body: {
          contact: { channels: [email('a@example.com')] },
          groups: ['Footer'],
          subscriptions: ['news'],
        },
        answer: { new: true },
        keep: { ada: 'id' },
      },
      { send: 'GET /v1/contact/{ada}/subscriptions', answer: [{ key: 'news' }, { key: 'tips' }] },
      { send: 'GET /v1/contact/{ada}', answer: { groups: [{ name: 'Footer' }] } },
      {
        send: 'POST /v1/contact/subscribe',
        body: { contact: { channels: [email('b@example.com')] }, subscriptions: ['shoes'] },
        status: 400,
        answer: 'subscriptions: there is no category shoes',
      },
    ],
  },
  {
    does: 'unsubscribes addresses at once, and takes that back',
    calls: [
      {
        send: 'POST /v1/contact',
        body: { channels: [email('a@example.com')] },
        keep: { ada: 'id' },
      },
      {
        send: 'POST /v1/emails/unsubscribed/add',
        body: { emails: ['A@example.com', 'unknown@example.com'] },
        answer: '',
        facts: ['MessageUnsubscribed {address: a@example.com, channel: email}'],
      },
      {
        send: 'POST /v1/contact/subscribe',
        body: { contact: { channels: [email('a@example.com')] } },
        answer: { id: '{ada}', emailStatus: 'NEED_CONFIRMATION', new: false },
      },
      {
        send: 'POST /v1/emails/unsubscribed/delete',
        body: { emails: ['a@example.com'] },
        answer: '',
      },
      {
        send: 'POST /v1/contact/subscribe',
        body: { contact: { firstName: 'Ada', channels: [email('a@example.com')] } },
        answer: { emailStatus: 'ALREADY_SUBSCRIBED' },
      },
      {
        send: 'POST /v1/emails/unsubscribed/add',
        body: { emails: ['b@example.com', 'nonsense', ''] },
        status: 400,
        answer: 'emails[1]: is not an e-mail address\nemails[2]: is not an e-mail address',
      },
      { send: 'POST /v1/emails/unsubscribed/add', body: { emails: 7 }, status: 400 },
      { send: 'POST /v1/emails/unsubscribed/delete', body: {}, status: 400 },
    ],
  },
];

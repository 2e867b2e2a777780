import type { Case } from './case.ts';

const welcome = {
  name: 'Welcome',
  from: '"Example" <hello@example.com>',
  subject: 'Hello',
  htmlText: '<p>Hello {{ contact.first_name }}</p>',
};

/** What an e-mail has beside its HTML. */
const sources = {
  ampHtml:
    '<!doctype html><html ⚡4email><head></head><body>{{ contact.first_name }}</body></html>',
  rawHtml: '<p class="greeting">Hello</p>',
};

export const catalogueCases: Case[] = [
  {
    does: 'creates, reads, changes, translates and deletes an e-mail',
    given: { categories: [{ key: 'news' }] },
    calls: [
      {
        send: 'POST /v1/messages/email',
        body: { ...welcome, ...sources, tags: ['start'], subscriptionsKeys: ['news'] },
        keep: { id: 'id' },
      },
      {
        send: 'GET /v1/messages/email/{id}',
        answer: {
          ...welcome,
          ...sources,
          id: '{id}',
          languageCode: 'en',
          tags: ['start'],
          subscriptionsKeys: ['news'],
          languages: ['en'],
          translations: [],
        },
      },
      {
        send: 'PUT /v1/messages/email/{id}/uk',
        body: { ...welcome, subject: 'Привіт' },
        answer: /has been updated/,
      },
      {
        send: 'PUT /v1/messages/email/{id}',
        body: { ...welcome, name: 'Welcome, again', subject: 'Hello again' },
        answer: /has been updated/,
      },
      {
        send: 'GET /v1/messages/email/{id}',
        answer: {
          name: 'Welcome, again',
          subject: 'Hello again',
          rawHtml: undefined,
          ampHtml: undefined,
          tags: ['start'],
          translations: [{ languageCode: 'uk', subject: 'Привіт' }],
        },
      },
      {
        send: 'DELETE /v1/messages/email/{id}/en',
        status: 400,
        answer: "language: en is the message's own language",
      },
      { send: 'DELETE /v1/messages/email/{id}/uk', answer: /has been updated/ },
      { send: 'DELETE /v1/messages/email/{id}/uk', status: 404 },
      {
        send: 'GET /v1/messages/email?search=AGAIN',
        answer: [{ id: '{id}', subject: 'Hello again' }],
        answerHeaders: { totalcount: '1' },
      },
      { send: 'GET /v1/messages/email?search=nothing', answer: [] },
      { send: 'DELETE /v1/messages/email/{id}', answer: /has been deleted/ },
      { send: 'GET /v1/messages/email/{id}', status: 404 },
      { send: 'GET /v1/messages/email', answer: [], answerHeaders: { totalcount: '0' } },
    ],
  },
  {
    does: 'refuses what is no e-mail, and says where',
    calls: [
      { send: 'POST /v1/messages/email', body: {}, status: 400, answer: /name: /m },
      {
        send: 'POST /v1/messages/email',
        body: { ...welcome, htmlText: '{% if %}' },
        status: 400,
        answer: /^htmlText: /,
      },
      {
        send: 'POST /v1/messages/email',
        body: { ...welcome, languageCode: 'not a language' },
        status: 400,
        answer: /languageCode: expected a language/,
      },
      {
        send: 'POST /v1/messages/email',
        body: { ...welcome, subscriptionsKeys: ['none'] },
        status: 400,
        answer: /there is no category none/,
      },
      { send: 'GET /v1/messages/email', rights: ['events.write'], status: 403 },
    ],
  },
  {
    does: 'keeps messages of other channels in the same way',
    calls: [
      {
        send: 'POST /v1/messages/mobilepush',
        body: {
          name: 'Plan',
          title: 'Your plan',
          text: 'It is ready',
          customData: '{"screen": "plan"}',
          ttlSec: 3600,
          images: ['https://example.com/1.png', 'https://example.com/2.png'],
          buttons: [
            {
              actionId: 'open',
              label: 'Open',
              link: 'app://plan',
              customData: '{"day": "{{ data.day }}"}',
            },
          ],
        },
        keep: { push: 'id' },
      },
      {
        send: 'GET /v1/messages/mobilepush/{push}',
        answer: {
          title: 'Your plan',
          text: 'It is ready',
          customData: '{"screen":"plan"}',
          ttlSec: 3600,
          soundEnabled: false,
          images: ['https://example.com/1.png', 'https://example.com/2.png'],
          buttons: [{ actionId: 'open', label: 'Open', customData: '{"day":"{{ data.day }}"}' }],
        },
      },
      { send: 'GET /v1/messages/email/{push}', status: 404 },
      {
        send: 'POST /v1/messages/viber',
        body: { name: 'V', text: 'Hello', caption: 'Open' },
        status: 400,
        answer: 'caption, action: expected both or neither',
      },
      {
        send: 'POST /v1/messages/viber',
        body: {
          name: 'V',
          from: 'Example',
          text: 'Hello',
          smsFallback: true,
          smsSender: 'Example',
          smsContent: 'Hello by SMS',
        },
        keep: { v: 'id' },
      },
      {
        send: 'GET /v1/messages/viber/{v}',
        answer: {
          from: 'Example',
          transactional: false,
          smsFallback: true,
          smsSender: 'Example',
          smsContent: 'Hello by SMS',
        },
      },
      {
        send: 'POST /v1/messages/viber',
        body: { name: 'V', text: 'Hello', smsContent: 'Hello by SMS' },
        status: 400,
        answer: 'smsSender, smsContent: expected them only with smsFallback',
      },
      {
        send: 'POST /v1/messages/viber',
        body: { name: 'V', text: 'Hello', transactional: true, img: 'https://example.com/1.png' },
        status: 400,
        answer: /^transactional: A transactional message is text alone/,
      },
      {
        send: 'POST /v1/messages/sms',
        body: { name: 'S', from: 'A', text: 'Hi', trackUrls: true },
        keep: { s: 'id' },
      },
      { send: 'GET /v1/messages/sms/{s}', answer: { from: 'A', text: 'Hi', trackUrls: true } },
      {
        send: 'POST /v1/messages/telegram',
        body: { name: 'T', text: 'Hi', buttons: [{ text: 'Open', link: 'https://example.com' }] },
        keep: { t: 'id' },
      },
      { send: 'GET /v1/messages/telegram/{t}', answer: { buttons: [{ text: 'Open' }] } },
      {
        send: 'POST /v1/messages/appinbox',
        body: { name: 'I', title: 'Hi', text: 'There', customData: 'no' },
        status: 400,
        answer: 'customData: expected a JSON object, written as a text',
      },
    ],
  },
];

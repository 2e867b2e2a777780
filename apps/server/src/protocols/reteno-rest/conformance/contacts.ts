import { expect } from 'vitest';
import type { Call, Case } from './case.ts';

const email = (value: string) => ({ type: 'email', value });
const sms = (value: string) => ({ type: 'sms', value });

function added(name: string, body: object): Call {
  return { send: 'POST /v1/contact', body, keep: { [name]: 'id' } };
}

export const contactCases: Case[] = [
  {
    does: 'adds a contact and reads it back',
    given: {
      fields: [
        { key: 'goal', type: 'text' },
        { key: 'born', type: 'date' },
      ],
    },
    calls: [
      {
        send: 'POST /v1/contact',
        body: {
          externalCustomerId: 'u1',
          contactKey: 'k1',
          firstName: 'Ada',
          lastName: 'Lovelace',
          channels: [email('Ada@Example.com'), sms('380501234567')],
          address: { town: 'Kyiv', address: 'Khreshchatyk 1', postcode: '01001', region: 'Kyiv' },
          fields: [
            { id: '{field.goal}', value: 'run' },
            { id: '{field.born}', value: '1990-03-28' },
          ],
          languageCode: 'uk',
          timeZone: 'Europe/Kyiv',
        },
        keep: { ada: 'id' },
      },
      {
        send: 'GET /v1/contact/{ada}',
        answer: {
          id: '{ada}',
          externalCustomerId: 'u1',
          contactKey: 'k1',
          firstName: 'Ada',
          lastName: 'Lovelace',
          channels: [email('ada@example.com'), sms('380501234567')],
          address: { town: 'Kyiv', address: 'Khreshchatyk 1', postcode: '01001', region: 'Kyiv' },
          fields: [
            { id: '{field.goal}', value: 'run' },
            { id: '{field.born}', value: '1990-03-28' },
          ],
          languageCode: 'uk',
          timeZone: expect.stringMatching(/^Europe\/K/),
        },
      },
    ],
  },
  {
    does: 'updates the contact that has the external ID, whatever its addresses',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [email('a@example.com')] }),
      added('again', { externalCustomerId: 'u1', channels: [email('b@example.com')] }),
      {
        send: 'GET /v1/contact/{ada}',
        answer: { id: '{again}', channels: [email('b@example.com')] },
      },
    ],
  },
  {
    does: 'finds a contact by its address where no external ID is given',
    calls: [
      added('ada', { channels: [email('a@example.com'), sms('+380501234567')] }),
      added('byEmail', { firstName: 'Ada', channels: [email('a@example.com')] }),
      added('byPhone', { lastName: 'Byron', channels: [sms('+380501234567')] }),
      {
        send: 'GET /v1/contact/{byEmail}',
        answer: { id: '{byPhone}', firstName: 'Ada', lastName: 'Byron' },
      },
      { send: 'GET /v1/contact/{ada}', answer: { firstName: 'Ada' } },
    ],
  },
  {
    does: 'gives an unknown external ID to the contact with the address that has none',
    calls: [
      added('ada', { channels: [email('a@example.com')] }),
      added('same', { externalCustomerId: 'u1', channels: [email('a@example.com')] }),
      { send: 'GET /v1/contact/{ada}', answer: { id: '{same}', externalCustomerId: 'u1' } },
    ],
  },
  {
    does: 'makes another contact where the address belongs to one with another external ID',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [email('a@example.com')] }),
      added('bob', { externalCustomerId: 'u2', channels: [email('a@example.com')] }),
      { send: 'GET /v1/contact/{ada}', answer: { externalCustomerId: 'u1' } },
      { send: 'GET /v1/contact/{bob}', answer: { externalCustomerId: 'u2' } },
      {
        send: 'GET /v1/contacts?email=a@example.com',
        answerHeaders: { totalcount: '2' },
        answer: [{ id: '{ada}' }, { id: '{bob}' }],
      },
    ],
  },
  {
    does: 'refuses the same call within a minute of its answer',
    calls: [
      added('ada', { channels: [email('a@example.com')] }),
      {
        send: 'POST /v1/contact',
        body: { channels: [email('a@example.com')] },
        later: 58,
        status: 409,
        answer: 'The same call was answered less than a minute ago.',
      },
      { send: 'POST /v1/contact', body: { channels: [email('a@example.com')] }, later: 3 },
    ],
  },
  {
    does: 'lets a refused call be repeated at once',
    calls: [
      { send: 'POST /v1/contact', body: { channels: [email('a')] }, status: 400 },
      { send: 'POST /v1/contact', body: { channels: [email('a')] }, status: 400 },
    ],
  },
  {
    does: 'says what is wrong with a contact, and where',
    given: {
      fields: [
        { key: 'born', type: 'date' },
        { key: 'level', type: 'integer' },
      ],
    },
    calls: [
      {
        send: 'POST /v1/contact',
        body: {
          externalCustomerId: 'null',
          firstName: '12345',
          channels: [email('not one'), { type: 'sms', value: '12' }],
          fields: [
            { id: '{field.born}', value: '28.03.1990' },
            { id: '{field.level}', value: 'high' },
            { id: 999999, value: 'x' },
          ],
        },
        status: 400,
        answer: [
          'channels[0].value: is not an e-mail address',
          'channels[1].value: is not a phone number with its country',
          'firstName: has no letter',
          'fields[0].value: not a date (YYYY-MM-DD, year 1 to 9999) (field {field.born}, born)',
          'fields[1].value: not a whole number (field {field.level}, level)',
          'fields[2].id: there is no field 999999',
        ].join('\n'),
      },
      {
        send: 'POST /v1/contact',
        body: { channels: [{ type: 'fax', value: '1' }], fields: [{ id: 'x', value: {} }] },
        status: 400,
        answer: [
          'channels[0].type: expected one of email, sms, viber, mobilepush, webpush, appinbox, telegrambot',
          'fields[0].id: expected a positive whole number',
          'fields[0].value: expected a text or a number',
        ].join('\n'),
      },
      {
        send: 'POST /v1/contact',
        body: {},
        status: 400,
        answer: 'channels: expected an address, or an externalCustomerId',
      },
      {
        send: 'POST /v1/contact',
        body: { channels: [email('a@example.com'), email('b@example.com')] },
        status: 400,
        answer: 'channels[1].value: is a second email; a contact has one',
      },
      {
        send: 'POST /v1/contact',
        body: { channels: [email('a@example.com')], languageCode: 'no language!' },
        status: 400,
        answer: 'languageCode: not a language (BCP 47)',
      },
    ],
  },
  {
    does: 'updates a contact by its number',
    calls: [
      added('ada', { firstName: 'Ada', channels: [email('a@example.com')] }),
      {
        send: 'PUT /v1/contact/{ada}',
        body: { lastName: 'Byron', channels: [email('b@example.com')] },
        answer: "Contact with id='{ada}' has been updated",
      },
      {
        send: 'GET /v1/contact/{ada}',
        answer: { firstName: 'Ada', lastName: 'Byron', channels: [email('b@example.com')] },
      },
      {
        send: 'PUT /v1/contact/{ada}',
        body: { lastName: 'Byron', channels: [email('b@example.com')] },
      },
      {
        send: 'PUT /v1/contact/999999',
        body: { firstName: 'No' },
        status: 404,
        answer: 'There is no such contact.',
      },
      {
        send: 'PUT /v1/contact/0',
        body: {},
        status: 400,
        answer: 'id: expected a positive whole number',
      },
      { send: 'PUT /v1/contact/abc', body: {}, status: 400 },
    ],
  },
  {
    does: 'joins nobody by an update',
    calls: [
      added('ada', { channels: [email('a@example.com')] }),
      added('bob', { channels: [email('b@example.com')] }),
      { send: 'PUT /v1/contact/{ada}', body: { channels: [email('b@example.com')] } },
      {
        send: 'GET /v1/contacts?email=b@example.com',
        answerHeaders: { totalcount: '2' },
      },
    ],
  },
  {
    does: 'refuses an external ID that another contact has',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [] }),
      added('bob', { channels: [email('b@example.com')] }),
      {
        send: 'PUT /v1/contact/{bob}',
        body: { externalCustomerId: 'u1' },
        status: 400,
        answer: 'externalCustomerId: "u1" is, or was, the external ID of another contact.',
      },
      { send: 'PUT /v1/contact/{bob}', body: { externalCustomerId: 'u2' } },
      { send: 'GET /v1/contact/{bob}', answer: { externalCustomerId: 'u2' } },
      { send: 'PUT /v1/contact/{bob}', body: { externalCustomerId: 'u3' } },
      { send: 'GET /v1/contact/{bob}', answer: { externalCustomerId: 'u3' } },
      added('former', { externalCustomerId: 'u2', firstName: 'Bob', channels: [] }),
      { send: 'GET /v1/contact/{former}', answer: { id: '{bob}', firstName: 'Bob' } },
    ],
  },
  {
    does: 'deletes a contact, which a single add or update brings back',
    calls: [
      added('ada', { externalCustomerId: 'u1', firstName: 'Ada', channels: [] }),
      { send: 'DELETE /v1/contact/{ada}', answer: "Contact with id='{ada}' has been deleted" },
      {
        send: 'GET /v1/contact/{ada}',
        status: 404,
        answer: "There is no contact with id='{ada}'.",
      },
      { send: 'DELETE /v1/contact/{ada}', status: 404 },
      {
        send: 'GET /v1/contacts?externalCustomerId=u1',
        answer: [],
        answerHeaders: { totalcount: '0' },
      },
      added('back', { externalCustomerId: 'u1', channels: [] }),
      { send: 'GET /v1/contact/{ada}', answer: { id: '{back}', firstName: 'Ada' } },
      { send: 'DELETE /v1/contact?externalCustomerId=u1', answer: '' },
      { send: 'DELETE /v1/contact?externalCustomerId=u1', status: 404 },
      { send: 'PUT /v1/contact/{ada}', body: { lastName: 'Byron' } },
      { send: 'GET /v1/contact/{ada}', answer: { firstName: 'Ada', lastName: 'Byron' } },
    ],
  },
  {
    does: 'erases a contact, deleted or not',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [email('a@example.com')] }),
      {
        send: 'DELETE /v1/contact/{ada}?erase=true',
        answer: "Contact with id='{ada}' has been deleted",
      },
      { send: 'GET /v1/contact/{ada}', status: 404, applied: true },
      { send: 'PUT /v1/contact/{ada}', body: { firstName: 'Ada' }, status: 404 },
      added('bob', { externalCustomerId: 'u1', channels: [] }),
      { send: 'DELETE /v1/contact/{bob}' },
      {
        send: 'DELETE /v1/contact?externalCustomerId=u1&erase=true',
        answer: '',
        applied: true,
      },
      { send: 'DELETE /v1/contact?externalCustomerId=u1&erase=true', status: 404 },
      { send: 'DELETE /v1/contact/999999?erase=true', status: 404 },
      {
        send: 'DELETE /v1/contact/{bob}?erase=1',
        status: 400,
        answer: 'erase: expected true or false',
      },
    ],
  },
  {
    does: 'searches by exact values, page by page',
    calls: [
      ...['a', 'b', 'c'].map((name) =>
        added(name, {
          externalCustomerId: name,
          firstName: 'Ada',
          lastName: `Lovelace-${name}`,
          channels: [sms('+380501234567')],
        }),
      ),
      {
        send: 'GET /v1/contacts?firstname=ada&startindex=2&maxrows=1',
        answer: [{ lastName: 'Lovelace-b' }],
        answerHeaders: { totalcount: '3' },
      },
      {
        send: 'GET /v1/contacts?firstname=Ada&lastname=LOVELACE-C',
        answer: [{ externalCustomerId: 'c' }],
      },
      { send: 'GET /v1/contacts?firstname=Ad', answer: [], answerHeaders: { totalcount: '0' } },
      { send: 'GET /v1/contacts?sms=%2B380501234567', answerHeaders: { totalcount: '3' } },
      {
        send: 'GET /v1/contacts?sms=380501234567&sortBy=contactId',
        answerHeaders: { totalcount: '3' },
      },
      { send: 'GET /v1/contacts?email=nonsense', answer: [] },
      {
        send: 'GET /v1/contacts?externalCustomerId=a&email=a@example.com',
        status: 400,
        answer: 'externalCustomerId: cannot be combined with other values',
      },
      {
        send: 'GET /v1/contacts?maxrows=501',
        status: 400,
        answer: 'maxrows: expected a whole number from 1 to 500',
      },
      { send: 'GET /v1/contacts?startindex=0', status: 400 },
      { send: 'GET /v1/contacts?sortBy=name', status: 400, answer: 'sortBy: expected contactId' },
      { send: 'GET /v1/contacts?email=a&email=b', status: 400 },
      { send: 'GET /v1/contacts', answerHeaders: { totalcount: '3' } },
    ],
  },
  {
    does: 'reads the e-mails of many contacts',
    calls: [
      added('ada', { channels: [email('a@example.com')] }),
      added('bob', { channels: [sms('+380501234567')] }),
      {
        send: 'GET /v1/contacts/email?ids={ada},{bob},999999',
        answer: { results: [{ contactId: '{ada}', email: 'a@example.com' }] },
      },
      { send: 'GET /v1/contacts/email?ids=x', status: 400 },
      { send: 'GET /v1/contacts/email', status: 400 },
    ],
  },
  {
    does: 'shows no contact of another workspace',
    calls: [
      { send: 'GET /v1/contact/1', status: 404 },
      { send: 'PUT /v1/contact/1', body: { firstName: 'Eve' }, status: 404 },
      { send: 'DELETE /v1/contact/1', status: 404 },
    ],
  },
];

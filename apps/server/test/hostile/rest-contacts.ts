import { row, type Call, type Row } from './row.ts';
import { line } from './stored.ts';

const CONTACT = 'POST /api/v1/contact';
const BULK = 'POST /api/v1/contacts';
const SUBSCRIBE = 'POST /api/v1/contact/subscribe';
const email = (value: unknown): object => ({ type: 'email', value });

function add(body: object): Call {
  return { send: CONTACT, body, status: 200 };
}

function wrong(name: string, body: object, answer: string | RegExp): Row {
  return row(name, CONTACT, { externalCustomerId: 'u1', channels: [], ...body }, 400, answer);
}

function taken(name: string, body: object, fields: object): Row {
  return row(name, CONTACT, { externalCustomerId: 'u1', channels: [], ...body }, 200, undefined, {
    stored: [line('contact u1', fields)],
  });
}

export const restContactRows: Row[] = [
  row(
    'a contact of nothing',
    CONTACT,
    {},
    400,
    'channels: expected an address, or an externalCustomerId',
  ),
  wrong(
    'an externalCustomerId that is a list',
    { externalCustomerId: ['u1'] },
    /^externalCustomerId: expected a text/,
  ),
  wrong(
    'an externalCustomerId that is true',
    { externalCustomerId: true },
    /^externalCustomerId: expected a text/,
  ),
  wrong(
    'an externalCustomerId of zeros',
    { externalCustomerId: '0000-0000' },
    'externalCustomerId: "0000-0000" identifies nobody',
  ),
  wrong(
    'a contact with 301 characters of externalCustomerId',
    { externalCustomerId: 'u'.repeat(301) },
    'externalCustomerId: expected a text of at most 300 characters',
  ),
  wrong('channels that are a text', { channels: 'email' }, /^channels: /),
  wrong('channels of null', { channels: [null] }, /^channels\[0\]: /),
  wrong(
    'a channel that does not exist',
    { channels: [{ type: 'fax', value: '1' }] },
    /^channels\[0\]\.type: expected one of email, /,
  ),
  wrong(
    'a channel named __proto__',
    { channels: [{ type: '__proto__', value: '1' }] },
    /^channels\[0\]\.type: expected one of email, /,
  ),
  wrong(
    'an address that is an object',
    { channels: [email({ a: 1 })] },
    /^channels\[0\]\.value: expected a text/,
  ),
  wrong(
    'an address that is none',
    { channels: [email('nobody')] },
    'channels[0].value: is not an e-mail address',
  ),
  wrong(
    'an address with a header in it',
    { channels: [email('a@b.co\r\nBcc: c@d.co')] },
    'channels[0].value: is not an e-mail address',
  ),
  wrong('an empty address', { channels: [email(' ')] }, 'channels[0].value: is empty'),
  wrong(
    'two e-mails',
    { channels: [email('a@b.co'), email('c@d.co')] },
    'channels[1].value: is a second email; a contact has one',
  ),
  wrong(
    'a phone without country',
    { channels: [{ type: 'sms', value: '12' }] },
    'channels[0].value: is not a phone number with its country',
  ),
  wrong(
    '101 channels',
    { channels: Array.from({ length: 101 }, () => email('a@b.co')) },
    'channels: at most 100 are taken at once, and here are 101',
  ),
  wrong(
    'a push token that identifies nobody',
    { channels: [{ type: 'webpush', value: 'null' }] },
    'channels[0].value: identifies nobody',
  ),
  wrong(
    'a device that is a list',
    { channels: [{ type: 'mobilepush', value: 't1', device: [] }] },
    /^channels\[0\]\.device: /,
  ),
  wrong('a name that is an object', { firstName: { a: 1 } }, /^firstName: expected a text/),
  wrong(
    'a name of 1,001 characters',
    { firstName: 'n'.repeat(1001) },
    'firstName: expected a text of at most 1000 characters',
  ),
  wrong('fields that are a text', { fields: 'goal' }, /^fields: /),
  wrong(
    'a field that does not exist',
    { fields: [{ id: 999999, value: 'x' }] },
    /^fields\[0\]\.id: /,
  ),
  wrong(
    'a field named by SQL',
    { fields: [{ id: '1 or 1=1', value: 'x' }] },
    /^fields\[0\]\.id: expected a positive whole number/,
  ),
  wrong(
    '501 fields',
    { fields: Array.from({ length: 501 }, () => ({ id: 1 })) },
    'fields: at most 500 are taken at once, and here are 501',
  ),
  wrong(
    'a group without a name',
    { groups: [{ id: 1 }] },
    'groups[0].name: expected the name of a list',
  ),
  wrong('a group that is a text', { groups: ['vip'] }, /^groups\[0\]: /),
  wrong('an address that is a text', { address: 'Main street' }, /^address: /),
  wrong(
    'a language that is none, by REST',
    { languageCode: '<script>' },
    'languageCode: not a language (BCP 47)',
  ),
  wrong(
    'a time zone that is none, by REST',
    { timeZone: 'Mars/Olympus' },
    'timeZone: not a known time zone (IANA)',
  ),
  taken('an externalCustomerId beyond 2^53', {}, {}),
  row(
    'a number beyond 2^53 as an externalCustomerId keeps its digits',
    CONTACT,
    '{"externalCustomerId":12345678901234567890,"channels":[]}',
    200,
    undefined,
    { stored: ['contact 12345678901234567890'] },
  ),
  taken('one channel as the object itself', { channels: email('a@b.co') }, { email: 'a@b.co' }),
  taken('members that nobody knows', { admin: true, workspaceId: 1, deletedAt: 'now' }, {}),
  taken(
    'SQL in a contact key',
    { contactKey: "k'; drop table contacts; --" },
    { contact_key: "k'; drop table contacts; --" },
  ),
  taken(
    'a town of Liquid',
    { address: { town: '{{ contact.email }}' } },
    { 'address.town': '{{ contact.email }}' },
  ),
  {
    name: 'the same contact within a minute',
    calls: [
      add({ externalCustomerId: 'u1', channels: [] }),
      {
        ...add({ externalCustomerId: 'u1', channels: [] }),
        status: 409,
        answer: /^The same call was answered/,
      },
    ],
    stored: ['contact u1'],
  },
  {
    name: "an external ID that is another contact's",
    calls: [
      add({ externalCustomerId: 'u1', channels: [email('a@b.co')] }),
      add({ externalCustomerId: 'u2', channels: [email('a@b.co')] }),
    ],
    stored: ['contact u1 {"email":"a@b.co"}', 'contact u2 {"email":"a@b.co"}'],
  },
  row(
    'a contact by an ID of 0',
    'PUT /api/v1/contact/0',
    {},
    400,
    'id: expected a positive whole number',
  ),
  row(
    'a contact by a negative ID',
    'GET /api/v1/contact/-1',
    undefined,
    400,
    'id: expected a positive whole number',
  ),
  row(
    'a contact by an ID of 30 digits',
    `GET /api/v1/contact/${'9'.repeat(30)}`,
    undefined,
    400,
    'id: expected a positive whole number',
  ),
  row(
    'a contact by 1e3',
    'GET /api/v1/contact/1e3',
    undefined,
    400,
    'id: expected a positive whole number',
  ),
  row(
    'a contact by SQL',
    'GET /api/v1/contact/1%20or%201=1',
    undefined,
    400,
    'id: expected a positive whole number',
  ),
  row("another workspace's contact, read", 'GET /api/v1/contact/{other}', undefined, 404),
  row(
    "another workspace's contact, changed",
    'PUT /api/v1/contact/{other}',
    { firstName: 'Eve' },
    404,
    'There is no such contact.',
  ),
  row("another workspace's contact, deleted", 'DELETE /api/v1/contact/{other}', undefined, 404),
  row(
    "another workspace's contact, by its external ID",
    'DELETE /api/v1/contact?externalCustomerId=theirs',
    undefined,
    404,
  ),
  row(
    'deletion of nobody in particular',
    'DELETE /api/v1/contact',
    undefined,
    400,
    /^externalCustomerId: /,
  ),
  row(
    'deletion by nothing',
    'DELETE /api/v1/contact?externalCustomerId=',
    undefined,
    400,
    /^externalCustomerId: /,
  ),
  row(
    'a search by the same value twice',
    'GET /api/v1/contacts?email=a&email=b',
    undefined,
    400,
    /^email: /,
  ),
  row('a search by SQL', "GET /api/v1/contacts?email=a'%20or%20'1'='1", undefined, 200, []),
  row('a search with a NUL', 'GET /api/v1/contacts?firstname=a%00b', undefined, 200, []),
  row('a search from page 0', 'GET /api/v1/contacts?startindex=0', undefined, 400, /^startindex: /),
  row(
    'a search for a million at once',
    'GET /api/v1/contacts?maxrows=1000000',
    undefined,
    400,
    'maxrows: expected a whole number from 1 to 500',
  ),

  row(
    'contacts in bulk that are none',
    BULK,
    { contacts: 'all', dedupeOn: 'email' },
    400,
    /^contacts: /,
  ),
  row('no contacts in bulk', BULK, { contacts: [], dedupeOn: 'email' }, 400, /^contacts: /),
  row(
    '3,001 contacts',
    BULK,
    { contacts: Array.from({ length: 3001 }, () => ({})), dedupeOn: 'email' },
    400,
    'contacts: at most 3000 are taken at once, and here are 3001',
  ),
  row(
    '3,000 contacts',
    BULK,
    {
      contacts: Array.from({ length: 3000 }, (_, n) => ({ channels: [email(`c${n}@b.co`)] })),
      dedupeOn: 'email',
    },
    200,
    { failedContacts: [] },
    {
      stored: Array.from({ length: 3000 }, () => /^contact without ID \{"email":"c\d+@b\.co"\}$/),
    },
  ),
  row(
    'dedupeOn of what does not exist',
    BULK,
    { contacts: [{}], dedupeOn: 'constructor' },
    400,
    /^dedupeOn: expected one of email, /,
  ),
  row(
    'dedupeOn fieldId without the field',
    BULK,
    { contacts: [{}], dedupeOn: 'fieldId' },
    400,
    'fieldId: is required where dedupeOn is fieldId',
  ),
  row(
    'dedupeOn a field that does not exist',
    BULK,
    { contacts: [{}], dedupeOn: 'fieldId', fieldId: 999999 },
    400,
    'fieldId: there is no field 999999',
  ),
  row(
    'an event for new contacts that only Perennial records',
    BULK,
    {
      contacts: [{ channels: [email('a@b.co')] }],
      dedupeOn: 'email',
      eventKeyForNewContacts: 'ContactCreated',
    },
    400,
    'eventKeyForNewContacts: is the key of an event that Perennial itself records',
  ),
  row(
    'wrong contacts beside a good one',
    BULK,
    {
      contacts: [
        7,
        null,
        [],
        { channels: 'x' },
        { channels: [email('no')] },
        {},
        { channels: [email('a@b.co')] },
      ],
      dedupeOn: 'email',
    },
    200,
    {
      failedContacts: [
        { contact: 7, error: /^contacts\[0\]: / },
        { error: /^contacts\[1\]: / },
        { error: /^contacts\[2\]: / },
        { channels: 'x', error: /^contacts\[3\]\.channels/ },
        { error: 'contacts[4].channels[0].value: is not an e-mail address' },
        { error: 'contacts[5]: has no externalCustomerId and nothing for dedupeOn' },
      ],
    },
    { stored: ['contact without ID {"email":"a@b.co"}'] },
  ),
  row(
    'one contact in bulk a thousand times',
    BULK,
    {
      contacts: Array.from({ length: 1000 }, () => ({
        channels: [email('a@b.co')],
        firstName: 'Ada',
      })),
      dedupeOn: 'email',
    },
    200,
    { failedContacts: [] },
    {
      stored: ['contact without ID {"email":"a@b.co","first_name":"Ada"}'],
    },
  ),
  row('the state of a session of another workspace', 'GET /api/v1/importstatus/1', undefined, 404),
  row(
    'the state of a session that is SQL',
    "GET /api/v1/importstatus/1'--",
    undefined,
    400,
    'id: expected a positive whole number',
  ),

  row(
    'a sign-up of nobody',
    SUBSCRIBE,
    { contact: {} },
    400,
    'contact.channels: expected an address, or an externalCustomerId',
  ),
  row('a sign-up without a contact', SUBSCRIBE, {}, 400, /^contact: /),
  row('a sign-up that is a list', SUBSCRIBE, [{ contact: {} }], 400, /^the body: /),
  row(
    'a sign-up for a category that does not exist',
    SUBSCRIBE,
    { contact: { channels: [email('a@b.co')] }, subscriptions: ['nothing'] },
    400,
    'subscriptions: there is no category nothing',
  ),
  row(
    'a sign-up by a form of HTML',
    SUBSCRIBE,
    { contact: { channels: [email('a@b.co')] }, formType: '<b>' },
    400,
    'formType: expected at most 60 letters, digits, dots, _ and -',
  ),
  row(
    'a sign-up with an address that is none',
    SUBSCRIBE,
    { contact: { channels: [email('x')] } },
    400,
    'contact.channels[0].value: is not an e-mail address',
  ),
  row(
    'a sign-up for 101 lists',
    SUBSCRIBE,
    {
      contact: { channels: [email('a@b.co')] },
      groups: Array.from({ length: 101 }, (_, n) => `l${n}`),
    },
    400,
    'groups: at most 100 are taken at once, and here are 101',
  ),
];

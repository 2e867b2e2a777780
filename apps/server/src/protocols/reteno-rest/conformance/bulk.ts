import type { Call, Case } from './case.ts';

const email = (value: string) => ({ type: 'email', value });
const sms = (value: string) => ({ type: 'sms', value });

function added(name: string, body: object): Call {
  return { send: 'POST /v1/contact', body, keep: { [name]: 'id' } };
}

/** A call in bulk whose contacts are applied before what follows. */
function bulk(body: object): Call {
  return {
    send: 'POST /v1/contacts',
    body,
    answer: { failedContacts: [], id: 0 },
    keep: { session: 'asyncSessionId' },
    applied: true,
  };
}

export const bulkCases: Case[] = [
  {
    does: 'adds contacts and maps what they were found by to their numbers',
    calls: [
      {
        send: 'POST /v1/contacts',
        body: {
          dedupeOn: 'email',
          contacts: [
            { firstName: 'Ada', channels: [email('Ada@example.com')] },
            { firstName: 'Bob', channels: [email('bob@example.com')] },
          ],
        },
        answer: { failedContacts: [], errorMessage: undefined, id: 0 },
        keep: { session: 'asyncSessionId' },
      },
      {
        send: 'GET /v1/importstatus/{session}',
        answer: { status: 'STARTED', mapping: [] },
        applied: true,
      },
      {
        send: 'GET /v1/importstatus/{session}',
        answer: {
          status: 'FINISHED',
          description: '2 of 2 contacts are added or updated.',
          mapping: [{ dedupeValue: 'ada@example.com' }, { dedupeValue: 'bob@example.com' }],
        },
        keep: { ada: 'mapping.0.contactId' },
      },
      {
        send: 'GET /v1/contact/{ada}',
        answer: { firstName: 'Ada', channels: [email('ada@example.com')] },
      },
    ],
  },
  {
    does: 'shows no address of a bulk call to who may not read personal data',
    calls: [
      bulk({ dedupeOn: 'email', contacts: [{ channels: [email('ada@example.com')] }] }),
      {
        send: 'GET /v1/importstatus/{session}',
        rights: ['contacts.read'],
        answer: { status: 'FINISHED', mapping: [{ dedupeValue: 'a•••@•••' }] },
      },
      { send: 'GET /v1/importstatus/{session}', rights: ['contacts.write'], status: 403 },
    ],
  },
  {
    does: 'gives an unknown external ID to the contact that has the e-mail',
    calls: [
      added('ada', { firstName: 'Ada', channels: [email('a@example.com')] }),
      bulk({
        dedupeOn: 'email',
        contacts: [
          { externalCustomerId: 'u1', lastName: 'Byron', channels: [email('a@example.com')] },
        ],
      }),
      {
        send: 'GET /v1/contact/{ada}',
        answer: { externalCustomerId: 'u1', firstName: 'Ada', lastName: 'Byron' },
      },
    ],
  },
  {
    does: 'of two with one e-mail, gives an external ID to the one that has none',
    calls: [
      added('ada', { channels: [email('a@example.com')] }),
      added('bob', { channels: [email('b@example.com')] }),
      {
        send: 'PUT /v1/contact/{bob}',
        body: { externalCustomerId: 'u2', channels: [email('a@example.com')] },
      },
      bulk({
        dedupeOn: 'email',
        contacts: [{ externalCustomerId: 'u1', channels: [email('a@example.com')] }],
      }),
      { send: 'GET /v1/contact/{ada}', answer: { externalCustomerId: 'u1' } },
    ],
  },
  {
    does: 'makes a new contact where all with the e-mail have other external IDs',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [email('a@example.com')] }),
      added('bob', { externalCustomerId: 'u2', channels: [email('a@example.com')] }),
      bulk({
        dedupeOn: 'email',
        contacts: [{ externalCustomerId: 'u3', channels: [email('a@example.com')] }],
      }),
      { send: 'GET /v1/contacts?email=a@example.com', answerHeaders: { totalcount: '3' } },
    ],
  },
  {
    does: 'uses the contact whose e-mail was set last where several share it',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [email('a@example.com')] }),
      added('bob', { externalCustomerId: 'u2', channels: [email('a@example.com')] }),
      bulk({
        dedupeOn: 'email',
        contacts: [{ firstName: 'New', channels: [email('a@example.com')] }],
      }),
      { send: 'GET /v1/contact/{bob}', answer: { firstName: 'New' } },
      { send: 'GET /v1/contact/{ada}', answer: { firstName: undefined } },
    ],
  },
  {
    does: 'does not update what dedupeOn names, and fills it where it is missing',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [email('a@example.com')] }),
      added('bob', { externalCustomerId: 'u2', channels: [sms('+380501234567')] }),
      bulk({
        dedupeOn: 'email',
        contacts: [
          { externalCustomerId: 'u1', firstName: 'Ada', channels: [email('new@example.com')] },
          { externalCustomerId: 'u2', firstName: 'Bob', channels: [email('b@example.com')] },
        ],
      }),
      {
        send: 'GET /v1/contact/{ada}',
        answer: { firstName: 'Ada', channels: [email('a@example.com')] },
      },
      {
        send: 'GET /v1/contact/{bob}',
        answer: { firstName: 'Bob', channels: [email('b@example.com'), sms('380501234567')] },
      },
      { send: 'GET /v1/contacts?email=new@example.com', answer: [] },
    ],
  },
  {
    does: 'sets other addresses without joining anybody',
    calls: [
      added('ada', { channels: [email('a@example.com')] }),
      added('bob', { channels: [sms('+380501234567')] }),
      bulk({
        dedupeOn: 'email',
        contacts: [{ channels: [email('a@example.com'), sms('+380501234567')] }],
      }),
      { send: 'GET /v1/contacts?sms=380501234567', answerHeaders: { totalcount: '2' } },
    ],
  },
  {
    does: 'changes the listed fields alone, and empties those that are missing',
    given: {
      fields: [
        { key: 'goal', type: 'text' },
        { key: 'level', type: 'integer' },
      ],
    },
    calls: [
      added('ada', {
        firstName: 'Ada',
        lastName: 'Byron',
        contactKey: 'k1',
        channels: [email('a@example.com'), sms('+380501234567')],
        address: { town: 'London' },
        fields: [
          { id: '{field.goal}', value: 'run' },
          { id: '{field.level}', value: 3 },
        ],
      }),
      bulk({
        dedupeOn: 'email',
        contactFields: ['lastName', 'sms', 'contactKey'],
        customFieldsIDs: ['{field.level}'],
        contacts: [
          {
            firstName: 'Ignored',
            lastName: 'Lovelace',
            channels: [email('a@example.com')],
            fields: [{ id: '{field.goal}', value: 'ignored' }],
          },
        ],
      }),
      {
        send: 'GET /v1/contact/{ada}',
        answer: {
          firstName: 'Ada',
          lastName: 'Lovelace',
          contactKey: undefined,
          channels: [email('a@example.com')],
          address: { town: 'London' },
          fields: [{ id: '{field.goal}', value: 'run' }],
        },
      },
    ],
  },
  {
    does: 'changes all given fields without contactFields, custom ones if they are named',
    given: { fields: [{ key: 'goal', type: 'text' }] },
    calls: [
      bulk({
        dedupeOn: 'externalCustomerId',
        customFieldsIDs: ['{field.goal}'],
        contacts: [
          {
            externalCustomerId: 'u1',
            firstName: 'Ada',
            languageCode: 'en',
            fields: [{ id: '{field.goal}', value: 'run' }],
          },
        ],
      }),
      bulk({
        dedupeOn: 'externalCustomerId',
        contacts: [
          {
            externalCustomerId: 'u1',
            lastName: 'Byron',
            fields: [{ id: '{field.goal}', value: 'swim' }],
          },
        ],
      }),
      {
        send: 'GET /v1/contacts?externalCustomerId=u1',
        answer: [
          {
            firstName: 'Ada',
            lastName: 'Byron',
            languageCode: 'en',
            fields: [{ id: '{field.goal}', value: 'run' }],
          },
        ],
      },
    ],
  },
  {
    does: 'finds by number, by phone, by either address, and by a custom field',
    given: { fields: [{ key: 'card', type: 'text' }] },
    calls: [
      added('ada', {
        channels: [email('a@example.com'), sms('+380501234567')],
        fields: [{ id: '{field.card}', value: 'c-1' }],
      }),
      bulk({ dedupeOn: 'id', contacts: [{ id: '{ada}', firstName: 'One' }] }),
      { send: 'GET /v1/contact/{ada}', answer: { firstName: 'One' } },
      bulk({ dedupeOn: 'sms', contacts: [{ firstName: 'Two', channels: [sms('380501234567')] }] }),
      { send: 'GET /v1/contact/{ada}', answer: { firstName: 'Two' } },
      bulk({
        dedupeOn: 'email_or_sms',
        contacts: [
          { firstName: 'Three', channels: [email('other@example.com'), sms('380501234567')] },
        ],
      }),
      {
        send: 'GET /v1/contact/{ada}',
        answer: { firstName: 'Three', channels: [email('a@example.com'), sms('380501234567')] },
      },
      bulk({
        dedupeOn: 'fieldId',
        fieldId: '{field.card}',
        contacts: [
          { firstName: 'Four', fields: [{ id: '{field.card}', value: 'c-1' }] },
          { firstName: 'Fresh', fields: [{ id: '{field.card}', value: 'c-2' }] },
        ],
      }),
      { send: 'GET /v1/contact/{ada}', answer: { firstName: 'Four' } },
      bulk({
        dedupeOn: 'fieldId',
        fieldId: '{field.card}',
        contacts: [{ lastName: 'Again', fields: [{ id: '{field.card}', value: 'c-2' }] }],
      }),
      {
        send: 'GET /v1/contacts?firstname=fresh',
        answer: [{ lastName: 'Again', fields: [{ id: '{field.card}', value: 'c-2' }] }],
      },
    ],
  },
  {
    does: 'tells a number that is nobody, and who is deleted',
    calls: [
      added('ada', { externalCustomerId: 'u1', firstName: 'Ada', channels: [] }),
      { send: 'DELETE /v1/contact/{ada}' },
      bulk({
        dedupeOn: 'externalCustomerId',
        contacts: [{ externalCustomerId: 'u1', firstName: 'No' }],
      }),
      {
        send: 'GET /v1/importstatus/{session}',
        answer: {
          status: 'ERROR',
          description:
            '0 of 1 contacts are added or updated.\n1 failed.\ncontacts[0]: This contact is deleted.',
          mapping: [],
        },
      },
      { send: 'GET /v1/contact/{ada}', status: 404 },
      bulk({
        dedupeOn: 'externalCustomerId',
        restoreDeleted: true,
        contacts: [{ externalCustomerId: 'u1', lastName: 'Back' }],
      }),
      { send: 'GET /v1/contact/{ada}', answer: { firstName: 'Ada', lastName: 'Back' } },
      bulk({
        dedupeOn: 'id',
        contacts: [
          { id: 999999, firstName: 'No' },
          { id: '{ada}', firstName: 'Yes' },
        ],
      }),
      {
        send: 'GET /v1/importstatus/{session}',
        answer: {
          status: 'FINISHED',
          description:
            '1 of 2 contacts are added or updated.\n1 failed.\ncontacts[0]: No contact has this identifier.',
          mapping: [{ contactId: '{ada}' }],
        },
      },
    ],
  },
  {
    does: 'gives a deleted contact nothing that it would be found by later',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [email('a@example.com')] }),
      { send: 'DELETE /v1/contact/{ada}' },
      bulk({
        dedupeOn: 'externalCustomerId',
        contacts: [{ externalCustomerId: 'u1', channels: [sms('+380501234567')] }],
      }),
      bulk({
        dedupeOn: 'email',
        contacts: [{ externalCustomerId: 'u2', channels: [email('a@example.com')] }],
      }),
      added('bob', { channels: [sms('+380501234567')] }),
      { send: 'GET /v1/contact/{bob}', answer: { externalCustomerId: undefined } },
      { send: 'GET /v1/contact/{ada}', status: 404 },
      bulk({
        dedupeOn: 'externalCustomerId',
        restoreDeleted: true,
        contacts: [{ externalCustomerId: 'u1', channels: [sms('+380671234567')] }],
      }),
      {
        send: 'GET /v1/contact/{ada}',
        answer: { channels: [email('a@example.com'), sms('380671234567')] },
      },
    ],
  },
  {
    does: 'takes the good contacts of a call and names the bad ones',
    calls: [
      {
        send: 'POST /v1/contacts',
        body: {
          dedupeOn: 'email',
          contacts: [
            { firstName: '42', channels: [email('a@example.com')] },
            { channels: [email('b@example.com')] },
            { firstName: 'Nobody' },
            'nonsense',
          ],
        },
        answer: {
          failedContacts: [
            { firstName: '42', error: 'contacts[0].firstName: has no letter' },
            {
              firstName: 'Nobody',
              error: 'contacts[2]: has no externalCustomerId and nothing for dedupeOn',
            },
            { contact: 'nonsense' },
          ],
        },
        applied: true,
        keep: { session: 'asyncSessionId' },
      },
      {
        send: 'GET /v1/importstatus/{session}',
        answer: { status: 'FINISHED', description: '1 of 1 contacts are added or updated.' },
      },
    ],
  },
  {
    does: 'refuses what is no call in bulk',
    calls: [
      {
        send: 'POST /v1/contacts',
        body: { contacts: [], dedupeOn: 'email' },
        status: 400,
        answer: 'contacts: expected at least one',
      },
      {
        send: 'POST /v1/contacts',
        body: { contacts: [{}], dedupeOn: 'name' },
        status: 400,
        answer: /^dedupeOn: expected one of email, sms/,
      },
      {
        send: 'POST /v1/contacts',
        body: { dedupeOn: 'email' },
        status: 400,
        answer: /^contacts: /,
      },
      {
        send: 'POST /v1/contacts',
        body: { contacts: Array.from({ length: 3001 }, () => ({})), dedupeOn: 'email' },
        status: 400,
        answer: 'contacts: at most 3000 are taken at once, and here are 3001',
      },
      {
        send: 'POST /v1/contacts',
        body: {
          contacts: [{ channels: [email('a@example.com')] }],
          dedupeOn: 'email',
          customFieldsIDs: [999999],
        },
        status: 400,
        answer: 'customFieldsIDs: there is no field 999999',
      },
      {
        send: 'POST /v1/contacts',
        body: {
          contacts: [{ channels: [email('a@example.com')] }],
          dedupeOn: 'email',
          contactFields: ['shoe'],
        },
        status: 400,
        answer: /^contactFields\[0\]: expected one of firstName/,
      },
      {
        send: 'POST /v1/contacts',
        body: { contacts: [{}], dedupeOn: 'fieldId' },
        status: 400,
        answer: 'fieldId: is required where dedupeOn is fieldId',
      },
      { send: 'GET /v1/importstatus/999999', status: 404 },
      { send: 'GET /v1/importstatus/abc', status: 400 },
    ],
  },
  {
    does: 'tells of new contacts as an event',
    calls: [
      added('ada', { channels: [email('a@example.com')] }),
      bulk({
        dedupeOn: 'email',
        eventKeyForNewContacts: 'Imported',
        contacts: [
          { channels: [email('a@example.com')] },
          { channels: [email('b@example.com'), sms('+380501234567')] },
        ],
      }),
      {
        send: 'GET /v1/importstatus/{session}',
        keep: { bob: 'mapping.1.contactId' },
        facts: [
          'Imported {SMS: +380501234567, contactId: {bob}, EmailAddress: b@example.com} b@example.com',
        ],
      },
    ],
  },
];

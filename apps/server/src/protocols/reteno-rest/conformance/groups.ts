import type { Call, Case } from './case.ts';

const email = (value: string) => ({ type: 'email', value });

function added(name: string, body: object): Call {
  return { send: 'POST /v1/contact', body, keep: { [name]: 'id' } };
}

export const groupCases: Case[] = [
  {
    does: 'puts contacts into lists by name as they are added, and shows them',
    calls: [
      added('ada', {
        externalCustomerId: 'u1',
        channels: [],
        groups: [{ name: 'Runners' }, { name: 'News' }],
      }),
      {
        send: 'GET /v1/contact/{ada}',
        answer: {
          groups: [
            { name: 'News', type: 'static' },
            { name: 'Runners', type: 'static' },
          ],
        },
      },
      {
        send: 'GET /v1/groups',
        answer: [{ name: 'News' }, { name: 'Runners' }],
        answerHeaders: { totalcount: '2' },
      },
      {
        send: 'GET /v1/groups?name=run&startindex=1&maxrows=1',
        answer: [{ name: 'Runners', type: 'static' }],
        answerHeaders: { totalcount: '1' },
      },
      {
        send: 'GET /v1/groups?startindex=2&maxrows=1',
        answer: [{ name: 'Runners' }],
        answerHeaders: { totalcount: '2' },
      },
      { send: 'GET /v1/groups?maxrows=1000', status: 400 },
      {
        send: 'PUT /v1/contact/{ada}',
        body: { groups: [{ id: 7 }] },
        status: 400,
        answer: 'groups[0].name: expected the name of a list',
      },
    ],
  },
  {
    does: 'changes lists in bulk',
    calls: [
      added('ada', { externalCustomerId: 'u1', channels: [], groups: [{ name: 'Old' }] }),
      {
        send: 'POST /v1/contacts',
        body: {
          dedupeOn: 'externalCustomerId',
          groupNames: ['New'],
          groupNamesExclude: ['Old', 'Never seen'],
          contacts: [{ externalCustomerId: 'u1' }],
        },
        applied: true,
      },
      { send: 'GET /v1/contact/{ada}', answer: { groups: [{ name: 'New' }] } },
    ],
  },
  {
    does: 'attaches and detaches contacts by number or external ID, and pages through them',
    calls: [
      added('ada', {
        externalCustomerId: 'u1',
        channels: [email('a@example.com')],
        groups: [{ name: 'Runners' }],
      }),
      added('bob', { externalCustomerId: 'u2', channels: [] }),
      added('eve', { externalCustomerId: 'u3', channels: [] }),
      { send: 'GET /v1/groups', keep: { list: '0.id' } },
      {
        send: 'POST /v1/group/{list}/contacts/attach',
        body: { contactIds: ['{bob}'] },
        answer: '',
      },
      {
        send: 'POST /v1/group/{list}/contacts/attach',
        body: { externalCustomerIds: ['u3', 'nobody'] },
        answer: 'Unknown contacts: nobody',
      },
      {
        send: 'GET /v1/group/{list}/contacts',
        answer: [{ id: '{ada}' }, { id: '{bob}' }, { id: '{eve}' }],
        answerHeaders: { totalcount: '3' },
      },
      {
        send: 'GET /v1/group/{list}/contacts?startindex=2&maxrows=1',
        answer: [{ id: '{bob}' }],
        answerHeaders: { totalcount: '3' },
      },
      {
        send: 'GET /v1/group/{list}/contacts?orderByTs=true&asc=false&maxrows=1',
        answer: [{ id: '{eve}' }],
      },
      {
        send: 'POST /v1/group/{list}/contacts/detach',
        body: { contactIds: ['{ada}'] },
        answer: '',
      },
      { send: 'GET /v1/group/{list}/contacts', answerHeaders: { totalcount: '2' } },
    ],
  },
  {
    does: 'refuses what is no list, and too many at once',
    calls: [
      added('ada', { channels: [email('a@example.com')], groups: [{ name: 'Runners' }] }),
      { send: 'GET /v1/groups', keep: { list: '0.id' } },
      {
        send: 'GET /v1/group/999999/contacts',
        status: 404,
        answer: "There is no group with id='999999'.",
      },
      {
        send: 'POST /v1/group/999999/contacts/attach',
        body: { contactIds: ['{ada}'] },
        status: 404,
      },
      {
        send: 'POST /v1/group/{list}/contacts/attach',
        body: {},
        status: 400,
        answer: 'contactIds: expected them, or externalCustomerIds',
      },
      {
        send: 'POST /v1/group/{list}/contacts/attach',
        body: { contactIds: ['{ada}'], externalCustomerIds: ['u1'] },
        status: 400,
      },
      {
        send: 'POST /v1/group/{list}/contacts/attach',
        body: { contactIds: Array.from({ length: 501 }, (_, n) => n + 1) },
        status: 400,
        answer: 'contactIds: at most 500 are taken at once, and here are 501',
      },
      {
        send: 'POST /v1/group/{list}/contacts/attach',
        body: { contactIds: ['{ada}'] },
        rights: ['contacts.write'],
        status: 403,
      },
      {
        send: 'GET /v1/group/{list}/contacts?asc=maybe',
        status: 400,
        answer: 'asc: expected true or false',
      },
    ],
  },
];

import type { Case } from './case.ts';

const terms = { expirationDate: '2099-06-30', discount: 10, type: '3' };

export const promoCodeCases: Case[] = [
  {
    does: 'adds promo codes and tells what was there already',
    calls: [
      {
        send: 'POST /v1/promocodes',
        body: { promocodes: ['A-1', 'A-2', 'A-1'], ...terms },
        answer: {
          added: 2,
          duplicates: 1,
          failedPromocodes: [{ promocode: 'A-1', error: 'duplicate' }],
        },
      },
      {
        send: 'POST /v1/promocodes',
        body: { promocodes: ['A-2', 'A-3'], ...terms, discount: '10' },
        answer: { added: 1, duplicates: 1 },
      },
      {
        send: 'POST /v1/promocodes',
        body: {
          promocodes: ['B-1'],
          expirationDate: '2098-01-01T10:00:00Z',
          discount: 20,
          inUse: true,
        },
        answer: { added: 1 },
      },
      {
        send: 'GET /v1/promocodes?maxrows=2',
        answer: [
          {
            promocode: 'A-1',
            type: '3',
            discount: 10,
            expirationDate: '2099-06-30T23:59:59.999Z',
            inUse: false,
          },
          { promocode: 'A-2' },
        ],
        answerHeaders: { totalcount: '4' },
      },
      { send: 'GET /v1/promocodes?startindex=3&type=3', answer: [{ promocode: 'A-3' }] },
      { send: 'GET /v1/promocodes?inUse=true', answer: [{ promocode: 'B-1', inUse: true }] },
      { send: 'GET /v1/promocodes/count', answer: { count: 4 } },
      { send: 'GET /v1/promocodes/count?discount=20', answer: { count: 1 } },
      { send: 'GET /v1/promocodes/count?activeDueDays=36500', answer: { count: 0 } },
    ],
  },
  {
    does: 'says what is wrong with promo codes',
    calls: [
      {
        send: 'POST /v1/promocodes',
        body: { promocodes: ['A-1'], discount: 10, expirationDate: 'soon' },
        status: 400,
        answer: /expirationDate: expected a date/,
      },
      { send: 'POST /v1/promocodes', body: { ...terms }, status: 400 },
      { send: 'GET /v1/promocodes?activeDueDays=x', status: 400 },
      { send: 'GET /v1/promocodes', rights: ['contacts.read'], status: 403 },
      { send: 'GET /v1/promocodes', rights: null, status: 401 },
    ],
  },
  {
    does: 'lists workflows, of which there are none yet',
    calls: [
      { send: 'GET /v1/workflows', answer: [], answerHeaders: { totalcount: '0' } },
      { send: 'GET /v1/workflows?name=Welcome', rights: ['events.write'], answer: [] },
      { send: 'GET /v1/workflows?maxrows=501', status: 400 },
      { send: 'GET /v1/workflows', rights: null, status: 401 },
    ],
  },
];

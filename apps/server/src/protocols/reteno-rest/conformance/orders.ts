import { expect } from 'vitest';
import type { Case } from './case.ts';

function order(more: object = {}): object {
  return {
    externalOrderId: 'o-1',
    externalCustomerId: 'u1',
    totalCost: 99.5,
    status: 'INITIALIZED',
    date: '2026-03-01T10:00:00',
    currency: 'UAH',
    items: [{ externalItemId: 'p-1', quantity: 2, cost: 49.75, name: 'Shoes' }],
    ...more,
  };
}

const fact = (status: string, total: number): string =>
  `order${status} {date: 2026-03-01T10:00:00.000Z, items: [{"cost":49.75,"name":"Shoes","quantity":2,"externalItemId":"p-1"}], status: ${status}, currency: UAH, totalCost: ${total}, externalOrderId: o-1} o-1`;

export const orderCases: Case[] = [
  {
    does: 'makes the contact of an order, tells each new state once, and counts orders on the card',
    calls: [
      {
        send: 'POST /v1/orders',
        body: { orders: [order({ email: 'a@example.com', firstName: 'Ada' })] },
        answer: '',
        facts: [fact('INITIALIZED', 99.5)],
      },
      {
        send: 'GET /v1/contacts?externalCustomerId=u1',
        answer: [
          {
            firstName: 'Ada',
            channels: [{ type: 'email', value: 'a@example.com' }],
            ordersInfo: { lastDate: '2026-03-01T10:00:00.000Z', count: 1 },
          },
        ],
      },
      { send: 'POST /v1/orders', body: { orders: [order()] }, facts: [] },
      {
        send: 'POST /v1/orders',
        body: { orders: [order({ status: 'DELIVERED', totalCost: '100' })] },
        facts: [fact('DELIVERED', 100)],
      },
    ],
  },
  {
    does: 'changes nothing about a contact that is there',
    calls: [
      {
        send: 'POST /v1/contact',
        body: { externalCustomerId: 'u1', firstName: 'Ada', channels: [] },
        keep: { ada: 'id' },
      },
      {
        send: 'POST /v1/orders',
        body: { orders: [order({ email: 'b@example.com', firstName: 'Bob' })] },
        applied: true,
      },
      { send: 'GET /v1/contact/{ada}', answer: { firstName: 'Ada', channels: [] } },
      { send: 'GET /v1/contacts?email=b@example.com', answer: [] },
    ],
  },
  {
    does: 'keeps an order with the contact that had it first',
    calls: [
      { send: 'POST /v1/orders', body: { orders: [order()] }, applied: true },
      {
        send: 'POST /v1/orders',
        body: { orders: [order({ externalCustomerId: 'u2', status: 'CANCELLED' })] },
        applied: true,
      },
      { send: 'GET /v1/contacts?externalCustomerId=u2', answer: [] },
      { send: 'GET /v1/contacts?externalCustomerId=u1', answer: [{ ordersInfo: { count: 1 } }] },
    ],
  },
  {
    does: 'takes orders from the reserved events',
    calls: [
      {
        send: 'POST /v3/event',
        body: {
          eventTypeKey: 'orderCreated',
          params: {
            externalCustomerId: 'u1',
            externalOrderId: 'o-1',
            totalCost: '99.5',
            status: 'INITIALIZED',
            date: '2026-03-01T10:00:00Z',
            currencyCode: 'UAH',
            items: '[{"externalItemId":"p-1","quantity":2,"cost":49.75,"name":"Shoes"}]',
          },
        },
        applied: true,
      },
      {
        send: 'POST /v3/event',
        body: {
          eventTypeKey: 'orderDelivered',
          params: { externalCustomerId: 'u1', externalOrderId: 'o-1' },
        },
        applied: true,
      },
      {
        send: 'POST /v3/event',
        body: {
          eventTypeKey: 'orderCancelled',
          params: { externalCustomerId: 'u1', externalOrderId: 'unknown' },
        },
        applied: true,
      },
      { send: 'GET /v1/contacts?externalCustomerId=u1', answer: [{ ordersInfo: { count: 1 } }] },
    ],
  },
  {
    does: 'takes the good orders of a call and answers the bad ones with the reason',
    calls: [
      {
        send: 'POST /v1/orders',
        body: {
          orders: [
            order(),
            order({ externalOrderId: 'o-2', status: 'LOST' }),
            order({ externalOrderId: '', date: 'yesterday', currency: 'euros', totalCost: 'many' }),
            order({ externalOrderId: 'o-3', externalCustomerId: null }),
            order({ externalOrderId: 'o-4', items: [{ quantity: 1 }] }),
            order({ externalOrderId: 'o-5', date: '2062-01-01' }),
            7,
          ],
        },
        answer: {
          failedOrders: [
            {
              order: { externalOrderId: 'o-2' },
              error: expect.stringMatching(/^status: expected one of INITIALIZED/),
            },
            {
              error:
                'externalOrderId: expected a text of 1 to 300 characters; totalCost: expected a number; date: expected a date and time (ISO 8601); currency: expected three letters (ISO 4217)',
            },
            { error: 'expected a valid externalCustomerId, email or phone' },
            { error: expect.stringMatching(/^items.0.externalItemId: /) },
            { error: 'date: lies before 1990 or in the future' },
            { order: 7 },
          ],
        },
        applied: true,
      },
      { send: 'GET /v1/contacts?externalCustomerId=u1', answer: [{ ordersInfo: { count: 1 } }] },
      {
        send: 'POST /v1/orders',
        body: { orders: Array.from({ length: 1001 }, () => order()) },
        status: 400,
        answer: 'orders: at most 1000 are taken at once, and here are 1001',
      },
      { send: 'POST /v1/orders', body: { orders: 'all' }, status: 400, answer: /^orders: / },
      { send: 'POST /v1/orders', body: {}, status: 400 },
      {
        send: 'POST /v1/orders',
        body: { orders: [order()] },
        rights: ['contacts.read'],
        status: 403,
      },
    ],
  },
];

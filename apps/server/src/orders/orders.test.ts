import { expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';
import type { Identifier, OrderFacts, OrderItem } from '../inbox/index.ts';
import { changeOrder } from './change-order.ts';
import type { OrderState } from './order.ts';

const app = await testContacts();
const { pool, call, send, identify, track, idOf, addWorkspace, addKey, logIn, clock } = app;

function order(ids: Identifier[], facts: Partial<OrderFacts> = {}): OrderItem {
  const orderedAt = clock.now().getTime();
  const whole = {
    externalOrderId: 'o-1',
    status: 'INITIALIZED',
    total: 10,
    currency: 'UAH',
  } as const;
  return {
    kind: 'order',
    ids,
    at: orderedAt,
    source: 'order',
    order: { ...whole, orderedAt, ...facts },
    fields: {},
  };
}

const orders = async (contact: string, query = '') =>
  (await call('GET', `/contacts/${contact}/orders${query}`)).body;

test('orders are read newest first, page by page, with masked details for those who may not see them', async () => {
  const ada: Identifier[] = [['external_id', 'ada']];
  await send([identify(ada, { first_name: 'Ada' })]);
  for (const n of [1, 2, 3])
    await send([order(ada, { externalOrderId: `a-${n}`, details: { deliveryAddress: 'Home 1' } })]);
  const id = await idOf('ada');
  const first = await orders(id, '?limit=2');
  expect(first.items).toMatchObject([
    { id: 'a-3', status: 'INITIALIZED', total: 10, details: { deliveryAddress: 'Home 1' } },
    { id: 'a-2' },
  ]);
  const second = await orders(id, `?limit=2&cursor=${first.next_cursor}`);
  expect(second).toMatchObject({ items: [{ id: 'a-1' }], next_cursor: null });
  const as = await logIn('marketer_without_contact_data');
  const masked = await call('GET', `/contacts/${id}/orders`, { as });
  expect(masked.body.items[0].details).toEqual({ deliveryAddress: '•••' });
  const stranger = await addKey({ workspaceId: (await addWorkspace('other')).id });
  expect((await call('GET', `/contacts/${id}/orders`, { as: stranger })).status).toBe(404);
});

test('an order follows its contact into a merge, and is found there', async () => {
  const guest: Identifier[] = [['anonymous_id', 'visitor']];
  await send([track(guest, 'Opened'), order(guest, { externalOrderId: 'm-1' })]);
  await send([identify([...guest, ['external_id', 'eve']])]);
  await send([
    identify([
      ['external_id', 'eve'],
      ['anonymous_id', 'laptop'],
    ]),
  ]);
  const laptop: Identifier[] = [['anonymous_id', 'other-laptop']];
  await send([order(laptop, { externalOrderId: 'm-2' })]);
  await send([identify([['external_id', 'eve'], ...laptop])]);
  const eve = await idOf('eve');
  expect((await orders(eve)).items).toMatchObject([{ id: 'm-2' }, { id: 'm-1' }]);
  await send([
    order([['email', 'nobody@example.com']], { externalOrderId: 'm-2', status: 'DELIVERED' }),
  ]);
  expect((await orders(eve)).items[0]).toMatchObject({ id: 'm-2', status: 'DELIVERED' });
  const { rows } = await pool.query(`select from identifiers where value = 'nobody@example.com'`);
  expect(rows).toEqual([]);
});

test('two calls with one new order make one', async () => {
  await send([
    order([['email', 'one@example.com']], { externalOrderId: 't-1' }),
    order([['email', 'two@example.com']], { externalOrderId: 't-1', total: 20 }),
  ]);
  const { rows } = await pool.query(
    `select total::float8 as total from orders where external_order_id = 't-1'`,
  );
  expect(rows).toEqual([{ total: 20 }]);
});

const known: OrderState = {
  contactId: 1,
  workspaceId: 1,
  externalOrderId: 'o-1',
  status: 'DELIVERED',
  total: 10,
  currency: 'UAH',
  orderedAt: 1000,
  items: [],
  details: { shipping: 5 },
  source: 'order',
  setAt: 2000,
  createdAt: 1000,
  updatedAt: 2000,
};

test.each([
  [
    'older',
    { facts: { externalOrderId: 'o-1', status: 'INITIALIZED' as const }, at: 1999 },
    'nothing new',
  ],
  [
    'the same again',
    { facts: { externalOrderId: 'o-1', status: 'DELIVERED' as const, total: 10 }, at: 3000 },
    'nothing new',
  ],
  ['another total', { facts: { externalOrderId: 'o-1', total: 11 }, at: 2000 }, 'changed'],
  [
    'more details',
    { facts: { externalOrderId: 'o-1', details: { taxes: 1 } }, at: 3000 },
    'changed',
  ],
])('what is said of an order and is %s is taken for that', (_what, said, kind) => {
  const change = changeOrder(known, {
    contactId: 1,
    workspaceId: 1,
    source: 'sdk',
    receivedAt: 3000,
    ...said,
  });
  expect(change.kind).toBe(kind);
  if (change.kind === 'changed') expect(change.order.details).toMatchObject({ shipping: 5 });
});

test('of an order that is not there, a status alone is not kept', () => {
  const said = { contactId: 1, workspaceId: 1, source: 'sdk', at: 1, receivedAt: 1 };
  const facts = { externalOrderId: 'x', status: 'DELIVERED' as const, mustExist: true as const };
  expect(changeOrder(undefined, { ...said, facts }).kind).toBe('unknown');
});

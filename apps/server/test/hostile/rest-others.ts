import { row, type Row } from './row.ts';

const ORDERS = 'POST /api/v1/orders';
const order = {
  externalOrderId: 'o1',
  externalCustomerId: 'u1',
  totalCost: 10,
  status: 'INITIALIZED',
  date: '2026-03-01T10:00:00',
  currency: 'UAH',
};
const OVERLONG = 'x'.repeat(5000);

function wrongOrder(name: string, more: object, error: string | RegExp): Row {
  return row(name, ORDERS, { orders: [{ ...order, ...more }] }, 200, { failedOrders: [{ error }] });
}

const DATE = 'date: expected a date and time (ISO 8601)';

export const restOtherRows: Row[] = [
  row('orders that are none', ORDERS, { orders: 'all' }, 400, /^orders: /),
  row(
    '1,001 orders',
    ORDERS,
    { orders: Array.from({ length: 1001 }, () => order) },
    400,
    'orders: at most 1000 are taken at once, and here are 1001',
  ),
  row(
    '1,000 orders',
    ORDERS,
    { orders: Array.from({ length: 1000 }, (_, n) => ({ ...order, externalOrderId: `o${n}` })) },
    200,
    '',
    {
      stored: [
        'contact u1',
        ...Array.from({ length: 1000 }, () => /^orderINITIALIZED /),
        ...Array.from({ length: 1000 }, () => /^order o\d+ INITIALIZED 10$/),
      ],
    },
  ),
  row('an order that is no object', ORDERS, { orders: [null, 7, 'o', []] }, 200, {
    failedOrders: Array.from({ length: 4 }, () => ({ error: /./ })),
  }),
  wrongOrder(
    'an order without an ID',
    { externalOrderId: undefined },
    'externalOrderId: expected a text',
  ),
  wrongOrder(
    'an order with an ID of spaces',
    { externalOrderId: ' ' },
    'externalOrderId: expected a text of 1 to 300 characters',
  ),
  wrongOrder(
    'an order with an ID of 301 characters',
    { externalOrderId: 'o'.repeat(301) },
    'externalOrderId: expected a text of 1 to 300 characters',
  ),
  wrongOrder('an order that costs a word', { totalCost: 'much' }, 'totalCost: expected a number'),
  wrongOrder('an order that costs NaN', { totalCost: 'NaN' }, 'totalCost: expected a number'),
  wrongOrder(
    'an order that costs 1e300',
    { totalCost: 1e300 },
    'totalCost: is larger than any amount',
  ),
  wrongOrder(
    'an order in euros',
    { currency: 'euros' },
    'currency: expected three letters (ISO 4217)',
  ),
  wrongOrder(
    'an order of a status that does not exist',
    { status: 'toString' },
    /^status: expected one of INITIALIZED, /,
  ),
  wrongOrder('an order of 30 February', { date: '2026-02-30' }, DATE),
  wrongOrder(
    'an order of the year 0',
    { date: '0000-01-01' },
    'date: lies before 1990 or in the future',
  ),
  wrongOrder('an order of a number as date', { date: 1_772_359_200_000 }, DATE),
  wrongOrder(
    'an order of the year 2062',
    { date: '2062-01-01' },
    'date: lies before 1990 or in the future',
  ),
  wrongOrder(
    'an order of nobody',
    { externalCustomerId: 'null', email: 'x', phone: '1' },
    'expected a valid externalCustomerId, email or phone',
  ),
  wrongOrder(
    'an order of 1,001 items',
    { items: Array.from({ length: 1001 }, () => ({ externalItemId: 'i', quantity: 1 })) },
    'items: at most 1000 items are kept',
  ),
  wrongOrder('items that are JSON of no list', { items: '{"a":1}' }, /^items: /),
  wrongOrder('items that are no JSON', { items: '[{' }, /^items: /),
  wrongOrder('an item without its ID', { items: [{ quantity: 1 }] }, /^items\.0\.externalItemId: /),
  wrongOrder('a shop of an object', { storeId: { a: 1 } }, /^storeId: /),
  row(
    'an order that costs 1e400',
    ORDERS,
    JSON.stringify({ orders: [order] }).replace('10', '1e400'),
    200,
    { failedOrders: [{ error: 'totalCost: expected a number' }] },
  ),
  row(
    'a good order among wrong ones',
    ORDERS,
    { orders: [{}, order, { ...order, externalOrderId: 'o2', totalCost: '-0' }] },
    200,
    { failedOrders: [{ order: {} }] },
    {
      stored: [
        'contact u1',
        /^orderINITIALIZED /,
        /^orderINITIALIZED /,
        'order o1 INITIALIZED 10',
        'order o2 INITIALIZED 0',
      ],
    },
  ),
  row(
    'SQL in the ID of an order',
    ORDERS,
    { orders: [{ ...order, externalOrderId: "o'; drop table orders; --" }] },
    200,
    '',
    {
      stored: [
        'contact u1',
        /^orderINITIALIZED .*drop table/,
        "order o'; drop table orders; -- INITIALIZED 10",
      ],
    },
  ),

  row('lists by a name with wildcards', 'GET /api/v1/groups?name=%25_%5C', undefined, 200, []),
  row('lists by a name with a NUL', 'GET /api/v1/groups?name=%00', undefined, 200, []),
  row('contacts of a list that is not there', 'GET /api/v1/group/999999/contacts', undefined, 404),
  row(
    'contacts of a list ordered by nonsense',
    'GET /api/v1/group/1/contacts?orderByTs=yes',
    undefined,
    400,
    'orderByTs: expected true or false',
  ),
  row(
    '501 contacts into a list',
    'POST /api/v1/group/1/contacts/attach',
    { contactIds: Array.from({ length: 501 }, (_, n) => n + 1) },
    400,
    'contactIds: at most 500 are taken at once, and here are 501',
  ),
  row(
    'contacts into a list by two kinds of ID',
    'POST /api/v1/group/1/contacts/attach',
    { contactIds: [1], externalCustomerIds: ['u1'] },
    400,
    'externalCustomerIds: cannot be combined with contactIds',
  ),
  row(
    'nobody into a list',
    'POST /api/v1/group/1/contacts/attach',
    {},
    400,
    'contactIds: expected them, or externalCustomerIds',
  ),
  row(
    'contact IDs that are decimals',
    'POST /api/v1/group/1/contacts/attach',
    { contactIds: [1.5, '2x', -3, 1e30] },
    400,
    /^contactIds\[0\]: expected a positive whole number\ncontactIds\[1\]: /,
  ),
  row(
    'contacts out of a list that is not there',
    'POST /api/v1/group/999999/contacts/detach',
    { contactIds: [1] },
    404,
  ),

  row(
    "categories of another workspace's contact",
    'GET /api/v1/contact/{other}/subscriptions',
    undefined,
    404,
  ),
  row(
    "categories for another workspace's contact",
    'PUT /api/v1/contact/{other}/subscriptions',
    { subscriptions: [] },
    404,
  ),
  row(
    'categories that are no list',
    'PUT /api/v1/contact/1/subscriptions',
    { subscriptions: 'news' },
    400,
    /^subscriptions: /,
  ),
  row(
    'addresses to unsubscribe that are a text',
    'POST /api/v1/emails/unsubscribed/add',
    { emails: 'a@b.co' },
    400,
    /^emails: /,
  ),
  row(
    'addresses to unsubscribe, one of them none',
    'POST /api/v1/emails/unsubscribed/add',
    { emails: ['a@b.co', 'x'] },
    400,
    'emails[1]: is not an e-mail address',
  ),
  row(
    '3,001 addresses to unsubscribe',
    'POST /api/v1/emails/unsubscribed/add',
    { emails: Array.from({ length: 3001 }, () => 'a@b.co') },
    400,
    'emails: at most 3000 are taken at once, and here are 3001',
  ),
  row(
    'one address to unsubscribe 3,000 times',
    'POST /api/v1/emails/unsubscribed/add',
    { emails: Array.from({ length: 3000 }, () => 'A@B.co') },
    200,
    '',
    { stored: ['email a@b.co unsubscribed'] },
  ),

  row('tokens that are none', 'POST /api/v1/apps/ios/tokens', { tokens: 7 }, 400, /^tokens: /),
  row(
    '1,001 tokens',
    'POST /api/v1/apps/ios/tokens',
    { tokens: Array.from({ length: 1001 }, () => ({ token: 't', contactId: 1 })) },
    400,
    'tokens: at most 1000 are taken at once, and here are 1001',
  ),
  row(
    'a token of nobody',
    'POST /api/v1/apps/ios/tokens',
    { tokens: [{ token: 't1' }] },
    400,
    'tokens[0]: expected a contactId, externalCustomerId, phone or email',
  ),
  row(
    'an empty token',
    'POST /api/v1/apps/ios/tokens',
    { tokens: [{ token: ' ', externalCustomerId: 'u1' }] },
    400,
    'tokens[0].token: expected a token',
  ),
  row(
    'a token of 4,097 characters',
    'POST /api/v1/apps/ios/tokens',
    { tokens: [{ token: 't'.repeat(4097), externalCustomerId: 'u1' }] },
    400,
    'tokens[0].token: expected a text of at most 4096 characters',
  ),
  row(
    'a token that is not there',
    'GET /api/v1/contact/token/ios/t1/contactId',
    undefined,
    404,
    'There is no such token in this app.',
  ),
  row(
    'a token switched by a text',
    'PUT /api/v1/contact/token/activated/ios/t1',
    { active: 'yes' },
    400,
    'active: expected true or false',
  ),
  row(
    'a mute of a minus',
    'POST /api/v1/apps/bot/token/mute',
    { token: 't', duration: -1 },
    400,
    /^duration: /,
  ),
  row(
    'a mute of ages',
    'POST /api/v1/apps/bot/token/mute',
    { token: 't', duration: 1e12 },
    400,
    /^duration: /,
  ),

  row(
    'an interaction that was never made',
    'PUT /api/v1/interactions/none/status',
    { status: 'OPENED' },
    404,
    'There is no such interaction.',
  ),
  row(
    'an interaction that is long',
    `PUT /api/v1/interactions/${OVERLONG.slice(0, 400)}/status`,
    { status: 'OPENED' },
    400,
    /^id: /,
  ),
  row(
    'an interaction of no status',
    'PUT /api/v1/interactions/none/status',
    { status: 'toString' },
    400,
    'status: expected one of DELIVERED, OPENED, CLICKED',
  ),
];

/** Good requests of every call that takes facts in, for what is made of them. */
export interface Request {
  method: 'POST' | 'PUT' | 'DELETE';
  url: string;
  body: unknown;
}

const context = {
  ip: '203.0.113.7',
  locale: 'uk-UA',
  timezone: 'Europe/Kyiv',
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)',
  device: { id: 'd1', token: 't1', type: 'ios', model: 'iPhone16,1' },
  os: { name: 'iOS', version: '18.0' },
  app: { namespace: 'co.example.app', version: '1.2.3' },
  active: true,
};
const common = {
  userId: 'u1',
  anonymousId: 'a1',
  messageId: 'm1',
  timestamp: '2026-03-02T09:59:00.000Z',
  context,
};
const traits = {
  email: 'ada@example.com',
  phone: '+380501234567',
  firstName: 'Ada',
  birthday: '1815-12-10',
  address: { street: '1 Main St', city: 'Kyiv' },
  age: 36,
  goals: ['run', 'swim'],
  plan: { name: 'pro', seats: { used: 2 } },
  premium: true,
  since: '2026-01-01T10:00:00Z',
};
const calls = {
  identify: { ...common, traits },
  track: { ...common, event: 'Opened', properties: { price: 9.5, tags: ['a'], at: { x: 1 } } },
  page: { ...common, name: 'Home', category: 'Start', properties: { url: 'https://example.com/' } },
  screen: { ...common, name: 'Home', properties: { title: 'Home' } },
  group: { ...common, groupId: 'g1', traits: { name: 'Team' } },
  alias: { userId: 'u1', previousId: 'a2', messageId: 'm2' },
};
const batch = {
  sentAt: '2026-03-02T10:00:00.000Z',
  context: { library: { name: 'test', version: '1' } },
  batch: Object.entries(calls).map(([type, call]) => ({ type, ...call })),
};

const params = {
  externalCustomerId: 'u1',
  email: 'ada@example.com',
  phone: '+380501234567',
  price: 9.5,
  items: [{ name: 'Shoes', quantity: 2 }],
};
const list = Object.entries(params).map(([name, value]) => ({ name, value }));
const event = { eventTypeKey: 'Opened', keyValue: 'k1' };
const past = { ...event, occurred: '2026-01-01T10:00:00Z' };
const contact = {
  externalCustomerId: 'u1',
  contactKey: 'key1',
  firstName: 'Ada',
  lastName: 'Lovelace',
  channels: [
    { type: 'email', value: 'ada@example.com' },
    { type: 'sms', value: '+380501234567' },
    {
      type: 'mobilepush',
      value: 'token1',
      device: { appId: 'app', deviceModel: 'iPhone', os: 'IOS', locale: 'uk-UA', active: true },
    },
    { type: 'telegrambot', value: 'chat1' },
  ],
  address: { region: 'Kyiv', town: 'Kyiv', address: '1 Main St', postcode: '01001' },
  groups: [{ name: 'VIP' }],
  languageCode: 'uk',
  timeZone: 'Europe/Kyiv',
};
const order = {
  externalOrderId: 'o1',
  externalCustomerId: 'u1',
  email: 'ada@example.com',
  totalCost: 99.5,
  status: 'INITIALIZED',
  date: '2026-03-01T10:00:00',
  currency: 'UAH',
  items: [{ externalItemId: 'p1', quantity: 2, cost: 49.75, name: 'Shoes' }],
  additionalInfo: { note: 'ring' },
};

export const requests: Request[] = [
  ...Object.entries(calls).map(([name, body]) => post(`/v1/${name}`, body)),
  post('/v1/batch', batch),
  post('/api/v1/event', { ...event, params: list }),
  post('/api/v2/event', { ...event, params: list }),
  post('/api/v3/event', { ...event, params }),
  post('/api/v3/event', {
    eventTypeKey: 'orderCreated',
    params: { ...order, items: JSON.stringify(order.items), contactJson: contact },
  }),
  post('/api/v2/past_events', { events: [{ ...past, params: list }] }),
  post('/api/v3/past_events', {
    events: [
      { ...past, params },
      { ...past, keyValue: 'k2' },
    ],
  }),
  post('/api/v1/contact', contact),
  { method: 'PUT', url: '/api/v1/contact/1', body: contact },
  post('/api/v1/contacts', {
    contacts: [contact, { ...contact, externalCustomerId: 'u2' }],
    dedupeOn: 'email',
    contactFields: ['firstName', 'email', 'sms'],
    groupNames: ['All'],
    restoreDeleted: true,
    eventKeyForNewContacts: 'imported',
  }),
  post('/api/v1/contact/subscribe', { contact, groups: ['News'], formType: 'footer' }),
  { method: 'PUT', url: '/api/v1/contact/1/subscriptions', body: { subscriptions: [] } },
  post('/api/v1/emails/unsubscribed/add', { emails: ['ada@example.com'] }),
  post('/api/v1/emails/unsubscribed/delete', { emails: ['ada@example.com'] }),
  post('/api/v1/apps/ios/tokens', { tokens: [{ token: 'token2', externalCustomerId: 'u1' }] }),
  post('/api/v1/orders', { orders: [order, { ...order, externalOrderId: 'o2' }] }),
  post('/api/v1/group/1/contacts/attach', { externalCustomerIds: ['u1', 'u2'] }),
  { method: 'PUT', url: '/api/v1/interactions/none/status', body: { status: 'OPENED' } },
];

function post(url: string, body: unknown): Request {
  return { method: 'POST', url, body };
}

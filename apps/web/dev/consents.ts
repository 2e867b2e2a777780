import type { ConsentEvent } from '@perennial/contracts';
import { minutesAgo } from './seeded.ts';

const nothing: Omit<ConsentEvent, 'at' | 'what' | 'source'> = {
  channel: null,
  address: null,
  lifted: null,
  until: null,
  subscribed: [],
  unsubscribed: [],
  by: null,
  text: null,
  details: null,
  delivery: null,
};
const email = { ...nothing, channel: 'email', address: 'user1@example.com' };

export const consents: ConsentEvent[] = [
  {
    ...email,
    at: minutesAgo(40),
    what: 'unsubscribed',
    source: 'web',
    details: 'I get too many messages',
  },
  {
    ...nothing,
    at: minutesAgo(3000),
    what: 'categories',
    source: 'manual',
    by: 'Ada Park',
    subscribed: ['news'],
    unsubscribed: ['offers'],
    text: 'Told us on the phone that the offers are of no use to her any more.',
  },
  { ...email, at: minutesAgo(9000), what: 'lifted', lifted: 'bounced', source: 'web' },
  {
    ...email,
    at: minutesAgo(9900),
    what: 'bounced',
    source: 'system',
    details: '550 5.1.1 No such mailbox',
  },
  {
    ...email,
    at: minutesAgo(12000),
    what: 'confirmed',
    source: 'web',
    text: 'Yes, this address is mine, and I want to get messages here.',
  },
  {
    ...nothing,
    at: minutesAgo(12030),
    what: 'categories',
    source: 'form',
    subscribed: ['news', 'training-tips'],
    text: 'Yes, send me plans and news by email.',
  },
  {
    ...email,
    at: minutesAgo(12030),
    what: 'unconfirmed',
    source: 'form',
    text: 'Yes, send me plans and news by email.',
  },
  {
    ...nothing,
    at: minutesAgo(14000),
    what: 'subscribed',
    channel: 'mobile_push',
    address: 'fcm:9fK2LmQ7xT4vB8nR1sWz9fK2LmQ7xT4vB8nR1sWz9fK2LmQ7xT4vB8nR1sWz',
    source: 'sdk',
  },
];

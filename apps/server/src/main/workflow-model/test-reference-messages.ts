import type { Channel } from './test-channels.ts';
import type { JsonObject } from '../../inbox/index.ts';
import {
  personOf,
  type RefContact,
  type RefFact,
  type RefRun,
  type RefSend,
  type RefState,
} from './test-reference-state.ts';
import { ADDRESSED, PHONED } from './test-people.ts';
import type { Who } from './test-scenario.ts';

/** How many addresses of a contact a message of a channel goes to; of devices, those of an app alone. */
export function addressesOf(
  state: RefState,
  contact: RefContact,
  { channel, app, addresses }: { channel: Channel; app: string | undefined; addresses: unknown },
): number {
  const most = addresses === 'last_seen' ? 1 : Infinity;
  return Math.min(most, ADDRESSES[channel](state, contact, app));
}

type Counting = (state: RefState, contact: RefContact, app: string | undefined) => number;

const single =
  (channel: Channel): Counting =>
  (state, contact) =>
    Number(addressOf(state, contact, channel) !== undefined);

const ADDRESSES: Record<Channel, Counting> = {
  email: single('email'),
  sms: single('sms'),
  viber: single('viber'),
  telegram: (state, contact) => sumOf(state, contact, CHATS),
  web_push: (state, contact) => sumOf(state, contact, BROWSERS),
  mobile_push: (_state, { devices }, app) =>
    [...devices.values()].filter((device) => device.pushes && (!app || device.app === app)).length,
  app_inbox: () => 1,
  in_app: () => 1,
};

/** How many somebody has. */
export const CHATS: Partial<Record<Who, number>> = { ann: 1, bob: 2 };
export const BROWSERS: Partial<Record<Who, number>> = { bob: 1, dan: 3 };

function sumOf(state: RefState, { who }: RefContact, of: Partial<Record<Who, number>>): number {
  return personOf(state, who).reduce((sum, one) => sum + (of[one] ?? 0), 0);
}

/** Of channels that go to one address alone; an address that somebody has stays. */
export function addressOf(
  state: RefState,
  { who }: RefContact,
  channel: Channel,
): string | undefined {
  const having = HAVING[channel];
  const owner = having && personOf(state, who).find((one) => having.includes(one));
  return owner && `${channel} of ${owner}`;
}

const HAVING: Partial<Record<Channel, readonly Who[]>> = {
  email: ADDRESSED,
  sms: PHONED,
  viber: PHONED,
};

/** Whether nothing may be sent there. What is owed goes to who said no, too, but to no dead address. */
export function isClosed(
  { suppressed }: RefState,
  address: string | undefined,
  isTransactional: boolean,
): boolean {
  const reasons = suppressed.get(address ?? '') ?? new Set();
  return isTransactional ? reasons.has('bounced') : reasons.size > 0;
}

const TOLD = ['MessageSent', 'MessageDelivered', 'MessageOpened', 'MessageClicked'];
const STATUSES = ['sent', 'delivered', 'opened', 'clicked'];

/** Whether a message of the run got as far. */
export function hasReached(
  sends: readonly RefSend[],
  run: RefRun,
  { block, status }: JsonObject,
): boolean {
  const enough = TOLD.slice(STATUSES.indexOf(status as string));
  return sends.some(
    (send) =>
      send.run === run &&
      (block === 'any' || send.block === block) &&
      enough.some((type) => send.told.has(type)),
  );
}

/** Whether a fact tells a run what it waits for. */
export function tellsStatus(
  { type, send }: RefFact,
  run: RefRun,
  { block, status }: JsonObject,
): boolean {
  if (send?.run !== run || (block !== 'any' && send.block !== block)) return false;
  return TOLD.slice(STATUSES.indexOf(status as string)).includes(type);
}

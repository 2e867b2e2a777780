import type { Channel } from './test-channels.ts';
import type { JsonObject } from '../../inbox/index.ts';
import type { RefContact, RefFact, RefRun, RefSend } from './test-reference-state.ts';
import { STATUSES, type Status, type Who } from './test-scenario.ts';

/** How many addresses of a contact a message of a channel goes to; of devices, those of an app alone. */
export function addressesOf(
  contact: RefContact,
  channel: Channel,
  { app, addresses }: { app: string | undefined; addresses: unknown },
): number {
  const most = addresses === 'last_seen' ? 1 : Infinity;
  return Math.min(most, ADDRESSES[channel](contact, app));
}

const ADDRESSES: Record<Channel, (contact: RefContact, app: string | undefined) => number> = {
  email: ({ hasAddress }) => Number(hasAddress),
  sms: ({ hasPhone }) => Number(hasPhone),
  viber: ({ hasPhone }) => Number(hasPhone),
  telegram: ({ chats }) => chats,
  web_push: ({ browsers }) => browsers,
  mobile_push: ({ devices }, app) =>
    [...devices.values()].filter((device) => device.pushes && (!app || device.app === app)).length,
  app_inbox: () => 1,
  in_app: () => 1,
};

/** How many somebody has. */
export const CHATS: Partial<Record<Who, number>> = { ann: 1, bob: 2 };
export const BROWSERS: Partial<Record<Who, number>> = { bob: 1, dan: 3 };

/** Whether a message of the run got as far. */
export function hasReached(
  sends: readonly RefSend[],
  run: RefRun,
  { block, status }: JsonObject,
): boolean {
  return sends.some(
    (send) =>
      send.run === run &&
      (block === 'any' || send.block === block) &&
      send.reached > STATUSES.indexOf(status as Status),
  );
}

const TOLD = ['MessageSent', 'MessageDelivered', 'MessageOpened', 'MessageClicked'];

/** Whether a fact tells a run what it waits for. */
export function tellsStatus(
  { type, send }: RefFact,
  run: RefRun,
  { block, status }: JsonObject,
): boolean {
  if (send?.run !== run || (block !== 'any' && send.block !== block)) return false;
  return TOLD.indexOf(type) >= STATUSES.indexOf(status as Status);
}

import { randomUUID } from 'node:crypto';
import type { CallType, Common } from './calls.ts';
import { PerennialError } from './perennial-error.ts';

/** The server's limit of an item, in bytes. */
export const MAX_ITEM_BYTES = 32 * 1024;

/** A call as it goes over the wire: what happens to its objects afterwards does not matter. */
export interface Item {
  json: string;
  bytes: number;
}

/** Writes a call down; throws a `PerennialError` when it cannot be one. */
export function makeItem(type: CallType, call: object, now: Date): Item {
  const { userToken, context, ...members } = call as Common;
  requireMembers(type, members);
  const item = {
    type,
    messageId: randomUUID(),
    timestamp: now,
    ...withoutUndefined(members),
    ...((userToken !== undefined || context !== undefined) && {
      context: { ...context, ...(userToken !== undefined && { userToken }) },
    }),
  };
  const json = toJson(item);
  const bytes = Buffer.byteLength(json);
  if (bytes <= MAX_ITEM_BYTES) return { json, bytes };
  throw new PerennialError('too_large', `${type}: ${bytes} bytes, and at most 32 KB are taken.`, {
    items: [item],
  });
}

/** What the types demand, for callers without them. */
function requireMembers(type: CallType, call: Record<string, unknown>): void {
  const needs = (name: string): void => {
    if (typeof call[name] === 'string' && call[name] !== '') return;
    throw new PerennialError('invalid_call', `${type}: ${name} is required and must be a text.`, {
      items: [call],
    });
  };
  if (type === 'track') needs('event');
  if (type === 'group') needs('groupId');
  if (type === 'alias') needs('previousId');
  if (type === 'alias' || call['anonymousId'] === undefined) needs('userId');
}

function withoutUndefined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function toJson(item: object): string {
  try {
    return JSON.stringify(item);
  } catch (cause) {
    throw new PerennialError('invalid_call', `A call cannot be written as JSON: ${String(cause)}`, {
      cause,
    });
  }
}

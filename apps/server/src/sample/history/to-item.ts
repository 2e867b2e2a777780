import { FACT_FLAGS } from '../../events/index.ts';
import type { InboxItem, JsonObject } from '../../inbox/index.ts';
import { normalizeItem } from '../../protocols/segment/normalize-item.ts';
import type { Call } from '../people/deeds.ts';
import { listsOf } from '../sample-lists.ts';
import { consentOf } from './consent-of.ts';
import type { PastCall } from './make-history.ts';

/**
 * What the tracking API would hand to the inbox for this call, marked as past: it counts and
 * starts nothing. With `live`, it is not marked.
 */
export function toItem({ call, imported }: PastCall, { live = false } = {}): InboxItem {
  const item = normalizeItem(call.type, requestOf(call), {
    receivedAt: call.at,
    skew: 0,
    context: {},
  });
  if (item.kind === 'event' && !live)
    return { ...item, flags: (item.flags ?? 0) | FACT_FLAGS.past };
  const agreed = withConsent(item, call);
  return withLists(imported ? { ...agreed, source: 'import' } : agreed, { call, imported });
}

function withConsent(item: InboxItem, call: Call): InboxItem {
  const consent = consentOf(call);
  return consent && item.kind === 'identify' ? { ...item, consent } : item;
}

/** An import names lists; the app puts who signs up into them. */
function withLists(item: InboxItem, { call: { userId }, imported }: PastCall): InboxItem {
  if (item.kind !== 'identify' || userId === undefined) return item;
  const add = listsOf({ userId, imported });
  return add.length > 0 ? { ...item, lists: { add } } : item;
}

/** The same call always bears the same one. */
export function messageIdOf(call: Call): string {
  const who = call.userId ?? call.anonymousId ?? '';
  const what = call.type === 'track' ? call.event : call.type;
  return `${who}-${what}-${call.at.toString(36)}`;
}

/** The call as a client writes it. */
function requestOf(call: Call): JsonObject {
  const { type, at, userId, anonymousId, context } = call;
  return {
    type,
    ...(call.type === 'track'
      ? { event: call.event, properties: call.properties }
      : { traits: call.traits }),
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
    context,
    timestamp: new Date(at).toISOString(),
    messageId: messageIdOf(call),
  };
}

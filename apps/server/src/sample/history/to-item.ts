import { FACT_FLAGS } from '../../events/index.ts';
import type { InboxItem, JsonObject } from '../../inbox/index.ts';
import { normalizeItem } from '../../protocols/segment/normalize-item.ts';
import type { Call } from '../people/deeds.ts';
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
  return imported ? { ...item, source: 'import' } : item;
}

/** The call as a client writes it. The same call always bears the same messageId. */
export function requestOf({ type, at, userId, anonymousId, context, ...rest }: Call): JsonObject {
  const who = userId ?? anonymousId ?? '';
  const what = 'event' in rest ? rest.event : type;
  return {
    ...('event' in rest
      ? { event: rest.event, properties: rest.properties }
      : { traits: rest.traits }),
    type,
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
    context,
    timestamp: new Date(at).toISOString(),
    messageId: `${who}-${what}-${at.toString(36)}`,
  };
}

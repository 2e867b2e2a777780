import type { Tx } from '../db/index.ts';
import type { WantedSend } from '../inbox/index.ts';
import { slotOf } from '../slots/index.ts';
import type { SendRequest, SendTerms } from './decision.ts';
import { decideSends } from './decide-sends.ts';

/** A message that a call wants sent, and whom it turned out to be for. */
export interface WantedEntry {
  workspaceId: number;
  contactId: number;
  wants: WantedSend;
}

/** Decides about messages that calls asked for, under their contacts' slots. */
export async function decideWantedSends(
  tx: Tx,
  { entries, slots, now }: { entries: readonly WantedEntry[]; slots: number; now: Date },
): Promise<void> {
  await decideSends(tx, {
    requests: entries.map((entry) => requestOf(entry, { slots, now })),
    now,
  });
}

function requestOf(
  { workspaceId, contactId, wants }: WantedEntry,
  { slots, now }: { slots: number; now: Date },
): SendRequest {
  const { requestId, message, channel, address, language, data } = wants;
  const terms = termsOf(wants);
  return {
    workspaceId,
    contactId,
    slot: slotOf(contactId, slots),
    messageId: message.id,
    ...(message.version !== undefined && { messageVersion: message.version }),
    channel,
    requestId,
    ...(address !== undefined && { address }),
    ...(language !== undefined && { language }),
    ...(terms && { terms }),
    // Somebody waits for it: it overtakes campaigns, and needs no yes.
    transactional: true,
    test: false,
    context: data === undefined ? {} : { data },
    at: now,
  };
}

function termsOf({ fromName, plainLinks }: WantedSend): SendTerms | undefined {
  if (fromName === undefined && !plainLinks) return undefined;
  return {
    ...(fromName !== undefined && { from_name: fromName }),
    ...(plainLinks && { plain_links: plainLinks }),
  };
}

import { findChannel } from '@perennial/channels';
import type { ChannelFact } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
import { findCandidates, loadRecipients } from './find-candidates.ts';
import { askGates } from './gates/ask-gates.ts';
import type { Candidate } from './gates/gate.ts';

/** A contact, and as of when what holds of its addresses is asked. */
export interface ChannelsAsked {
  contactId: number;
  /** Epoch milliseconds. */
  at: number;
}

/**
 * What holds of contacts' addresses on these channels, each as of its own instant, as the gates see
 * it; in the order asked.
 */
export async function findChannelFacts(
  db: Db,
  {
    workspaceId,
    asked,
    channels,
  }: { workspaceId: number; asked: readonly ChannelsAsked[]; channels: readonly string[] },
): Promise<ChannelFact[][]> {
  const definitions = channels.flatMap((key) => findChannel(key) ?? []);
  if (definitions.length === 0 || asked.length === 0) return asked.map(() => []);
  const searches = asked.flatMap(({ contactId, at }) =>
    definitions.map((channel) => ({ contactId, workspaceId, channel, at: new Date(at) })),
  );
  const contactIds = [...new Set(asked.map(({ contactId }) => contactId))];
  const recipients = await loadRecipients(db, { contactIds });
  const now = new Date(Math.min(...asked.map(({ at }) => at)));
  const candidates = await findCandidates(db, { searches, recipients, now });
  const found = searches.map(({ channel, at }, i) =>
    candidates[i]!.map((candidate) => ({
      channel: channel.key,
      app: candidate.app,
      states: statesOf(candidate, at),
      until: candidate.suppressedUntil?.getTime(),
    })),
  );
  const each = definitions.length;
  return asked.map((_, n) => found.slice(n * each, (n + 1) * each).flat());
}

/** As cards show it: the consent of an address with nothing against it, else every reason. */
function statesOf(candidate: Candidate, now: Date): string[] {
  const { consent, suppressed } = candidate;
  const { decision } = askGates({
    recipient: { exists: true, deleted: false },
    transactional: false,
    candidates: [candidate],
    maxAddresses: 1,
    at: now.getTime(),
  });
  return [
    ...(suppressed.length > 0 ? suppressed : consent === 'disabled' ? [] : [consent]),
    ...(decision === 'sent' ? ['reachable'] : []),
  ];
}

import { findChannel } from '@perennial/channels';
import type { ChannelFact } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
import { findCandidates, loadRecipients, type Search } from './find-candidates.ts';
import { askGates } from './gates/ask-gates.ts';
import type { Candidate } from './gates/gate.ts';

/** What holds now of these contacts' addresses on these channels, as the gates see it. */
export async function findChannelFacts(
  db: Db,
  {
    workspaceId,
    contactIds,
    channels,
    now,
  }: { workspaceId: number; contactIds: readonly number[]; channels: readonly string[]; now: Date },
): Promise<Map<number, ChannelFact[]>> {
  const definitions = channels.flatMap((key) => findChannel(key) ?? []);
  if (definitions.length === 0 || contactIds.length === 0) return new Map();
  const searches = contactIds.flatMap((contactId) =>
    definitions.map((channel): Search => ({ contactId, workspaceId, channel })),
  );
  const recipients = await loadRecipients(db, { contactIds });
  const candidates = await findCandidates(db, { searches, recipients, now });
  const facts = new Map<number, ChannelFact[]>(contactIds.map((id) => [id, []]));
  searches.forEach(({ contactId, channel }, i) => {
    const states = candidates[i]!.map((candidate) => ({
      channel: channel.key,
      app: candidate.app,
      states: statesOf(candidate, now),
      until: candidate.suppressedUntil?.getTime(),
    }));
    facts.get(contactId)!.push(...states);
  });
  return facts;
}

/** Everything that holds of an address: consent and suppressions do not hide each other. */
function statesOf(candidate: Candidate, now: Date): string[] {
  const { consent, suppressed } = candidate;
  const isFree = suppressed.length === 0;
  const { decision } = askGates({
    recipient: { exists: true, deleted: false },
    transactional: false,
    candidates: [candidate],
    maxAddresses: 1,
    at: now.getTime(),
  });
  return [
    ...(consent === 'subscribed' && isFree ? ['subscribed'] : []),
    ...(consent === 'unconfirmed' ? ['unconfirmed'] : []),
    ...suppressed,
    ...(decision === 'sent' ? ['reachable'] : []),
  ];
}

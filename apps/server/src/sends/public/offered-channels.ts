import { channels as allChannels, findChannel, type ChannelKey } from '@perennial/channels';
import type { Db } from '../../db/index.ts';
import { findSuppressions, keyOf, type SuppressionRow } from '../../suppressions/index.ts';
import { listChannelsInUse } from '../../messages/index.ts';
import { findCandidates, loadRecipients } from '../find-candidates.ts';
import type { Candidate } from '../gates/gate.ts';
import type { AddressedDelivery } from './find-delivery.ts';
import { maskAddress } from './mask-address.ts';
import type { ChannelLock, OfferedChannelKey } from './texts/page-texts.ts';

/** A channel by which a person may be written to, as they choose it. */
export interface OfferedChannel {
  key: OfferedChannelKey;
  /** As its owner knows it again; undefined where nobody knows it by heart. */
  address: string | undefined;
  state: 'on' | 'off';
  /** Why it cannot be chosen here. */
  lock?: ChannelLock | undefined;
  /** Those that a choice is about. */
  addresses: { on: string[]; off: string[] };
}

/**
 * The channels on which the workspace writes and the contact of a delivery has an address, that of
 * the delivery first. A link proves that somebody reads one address. Saying no is anybody's right
 * who holds it; saying yes again for another address goes as far as what these pages took down.
 */
export async function findOfferedChannels(
  db: Db,
  { delivery, workspaceId, now }: { delivery: AddressedDelivery; workspaceId: number; now: Date },
): Promise<OfferedChannel[]> {
  const { contact_id: contactId } = delivery;
  const keys = await channelsOf(db, { workspaceId, own: delivery.channel });
  const recipients = await loadRecipients(db, { contactIds: [contactId] });
  const searches = keys.map((key) => ({ contactId, workspaceId, channel: findChannel(key)! }));
  const candidates = await findCandidates(db, { searches, recipients, now });
  const addresses = keys.flatMap((channel, i) =>
    candidates[i]!.map(({ address }) => ({ workspaceId, channel, address })),
  );
  const against = Map.groupBy(await findSuppressions(db, { addresses, now }), (row) =>
    keyOf({ ...row, workspaceId }),
  );
  return keys.flatMap((key, i) => {
    const verdicts = candidates[i]!.map((candidate) => {
      const { address } = candidate;
      const rows = against.get(keyOf({ workspaceId, channel: key, address })) ?? [];
      const isOwn = key === delivery.channel && address === delivery.address;
      return { address, verdict: verdictOn(candidate, { rows, isOwn }) };
    });
    return verdicts.length === 0 ? [] : [offerOf(key, verdicts)];
  });
}

type Verdict = 'on' | 'off' | ChannelLock;

function verdictOn(
  { consent }: Pick<Candidate, 'consent'>,
  { rows, isOwn }: { rows: readonly SuppressionRow[]; isOwn: boolean },
): Verdict {
  const reasons = rows.map(({ reason }) => reason);
  if (reasons.includes('blacklisted')) return 'barred';
  if (consent === 'disabled') return 'device';
  const refusals = rows.filter(
    ({ reason }) => reason === 'unsubscribed' || reason === 'complained',
  );
  if (refusals.length > 0) {
    const isOurs = refusals.every(
      ({ reason, source }) => reason === 'unsubscribed' && source === 'web',
    );
    return isOwn || isOurs ? 'off' : 'elsewhere';
  }
  // A dead or full mailbox is nothing that its owner decided.
  return consent === 'unconfirmed' ? 'unconfirmed' : 'on';
}

function offerOf(
  key: OfferedChannelKey,
  verdicts: readonly { address: string; verdict: Verdict }[],
): OfferedChannel {
  const having = (wanted: Verdict): string[] =>
    verdicts.filter(({ verdict }) => verdict === wanted).map(({ address }) => address);
  const addresses = { on: having('on'), off: having('off') };
  const state = addresses.on.length > 0 ? 'on' : 'off';
  const [first] = verdicts;
  const lock = first && isLock(first.verdict) ? first.verdict : undefined;
  return {
    key,
    address: verdicts.length === 1 ? maskAddress(first!.address) : undefined,
    state,
    // One address that can be chosen is enough to choose.
    lock: addresses.on.length + addresses.off.length > 0 ? undefined : lock,
    addresses,
  };
}

function isLock(verdict: Verdict): verdict is ChannelLock {
  return verdict !== 'on' && verdict !== 'off';
}

/** Whose messages come to people by themselves. */
const OFFERED = (Object.keys(allChannels) as ChannelKey[]).filter(
  (key): key is OfferedChannelKey => allChannels[key].consent !== 'none',
);

async function channelsOf(
  db: Db,
  { workspaceId, own }: { workspaceId: number; own: string },
): Promise<OfferedChannelKey[]> {
  const used = await listChannelsInUse(db, { workspaceId });
  const offered = OFFERED.filter((key) => key === own || used.includes(key));
  return offered.sort((a, b) => Number(b === own) - Number(a === own));
}

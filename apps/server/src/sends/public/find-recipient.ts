import { findChannel } from '@perennial/channels';
import type { Db } from '../../db/index.ts';
import { chooseLanguage, type RecipientToken } from '../../messages/index.ts';
import {
  findSuppressions,
  type SuppressionReason,
  type SuppressionRow,
} from '../../suppressions/index.ts';
import { findCandidates, loadRecipients, type RecipientRow } from '../find-candidates.ts';
import type { Consent } from '../gates/gate.ts';
import { findDelivery, type AddressedDelivery } from './find-delivery.ts';
import { maskAddress } from './mask-address.ts';
import { pageLanguages, type PageLanguage } from './texts/all-texts.ts';

/** What holds at an address, in the eyes of the person who has it. */
export type Standing =
  | 'subscribed'
  | 'unconfirmed'
  /** The person said no. */
  | 'unsubscribed'
  /** The company does not write there, whatever the person says. */
  | 'barred';

/** Whoever stands before a page. */
export interface PageRecipient {
  language: PageLanguage;
  /** In which the person reads what the workspace wrote, the best first; the page itself has fewer. */
  languages: readonly string[];
  /** Undefined where nobody knows it by heart. */
  address: string | undefined;
  standing: Standing;
  /** The refusal is a pause, and ends by itself then. */
  restsUntil: Date | undefined;
}

/** The recipient that a link belongs to; undefined when its message is gone. */
export async function findRecipient(
  db: Db,
  { token, accepted, now }: { token: RecipientToken; accepted: readonly string[]; now: Date },
): Promise<PageRecipient | undefined> {
  const delivery = await findDelivery(db, token);
  if (!delivery) return undefined;
  const recipients = await loadRecipients(db, { contactIds: [delivery.contact_id] });
  const own = recipients.get(delivery.contact_id)?.language;
  const language = pageLanguage([own, delivery.language, ...accepted]);
  return {
    language,
    languages: [own, delivery.language, ...accepted, language].filter((one) => one != null),
    address: maskAddress(delivery.address),
    ...(await standingOf(db, { token, delivery, recipients, now })),
  };
}

/** The first of these that pages are written in, else English. */
export function pageLanguage(wanted: readonly (string | null | undefined)[]): PageLanguage {
  return chooseLanguage({ languages: pageLanguages, wanted, fallback: 'en' }) as PageLanguage;
}

async function standingOf(
  db: Db,
  {
    token: { workspaceId },
    delivery,
    recipients,
    now,
  }: {
    token: RecipientToken;
    delivery: AddressedDelivery;
    recipients: Map<number, RecipientRow>;
    now: Date;
  },
): Promise<Pick<PageRecipient, 'standing' | 'restsUntil'>> {
  const { contact_id: contactId, channel: key, address } = delivery;
  const addresses = [{ workspaceId, channel: key, address }];
  const suppressed = await findSuppressions(db, { addresses, now });
  const channel = findChannel(key);
  const searches = channel ? [{ contactId, workspaceId, channel }] : [];
  const [candidates = []] = await findCandidates(db, { searches, recipients, now });
  const holds = standing({
    reasons: suppressed.map(({ reason }) => reason),
    consent: candidates.find((candidate) => candidate.address === address)?.consent,
  });
  return {
    standing: holds,
    restsUntil: holds === 'unsubscribed' ? pauseOf(suppressed) : undefined,
  };
}

/** When it ends, if nothing but a pause speaks against the address. */
function pauseOf(suppressed: readonly SuppressionRow[]): Date | undefined {
  const refusals = suppressed.filter(
    ({ reason }) => reason === 'unsubscribed' || reason === 'complained',
  );
  return refusals.length === 1 ? (refusals[0]!.until ?? undefined) : undefined;
}

/** A dead or full mailbox is nothing that its owner decided. */
export function standing({
  reasons,
  consent,
}: {
  reasons: readonly SuppressionReason[];
  /** Undefined: the contact has this address no more. */
  consent: Consent | undefined;
}): Standing {
  if (reasons.includes('blacklisted')) return 'barred';
  if (reasons.includes('unsubscribed') || reasons.includes('complained')) return 'unsubscribed';
  return consent === 'unconfirmed' ? 'unconfirmed' : 'subscribed';
}

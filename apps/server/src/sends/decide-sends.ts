import { findChannel } from '@perennial/channels';
import type { Db, Tx } from '../db/index.ts';
import { chooseLanguage, headKey, loadMessageHeads, type MessageHead } from '../messages/index.ts';
import type { SendDecision, SendRequest } from './decision.ts';
import { findCategoryMemberships } from './find-category-memberships.ts';
import {
  findCandidates,
  loadRecipients,
  type RecipientRow,
  type Search,
} from './find-candidates.ts';
import { askGates, type Verdict } from './gates/ask-gates.ts';
import type { Candidate, CategoryMembership } from './gates/gate.ts';
import {
  insertDeliveries,
  insertSends,
  takeIds,
  type NewDelivery,
  type NewSend,
} from './queries.ts';

/** A request with its message, once the message is known to fit. */
interface Ready {
  request: SendRequest;
  message: MessageHead;
  search: Search;
}

/**
 * Decides every request under its contact's slot and writes the sends with their deliveries, in
 * the caller's transaction: nine statements at most, however many requests. Decisions come in the order
 * of the requests. A request for a message that is not there, or of another channel, throws: who
 * publishes a workflow checks that.
 */
export async function decideSends(
  tx: Tx,
  { requests, now }: { requests: readonly SendRequest[]; now: Date },
): Promise<SendDecision[]> {
  if (requests.length === 0) return [];
  return write(tx, { ...(await judgeRequests(tx, { requests, now })), now });
}

interface Judged {
  ready: Ready[];
  verdicts: Verdict[];
  recipients: Map<number, RecipientRow>;
}

/** What would be decided now; writes nothing. */
export async function foreseeSends(
  db: Db,
  { requests, now }: { requests: readonly SendRequest[]; now: Date },
): Promise<Verdict[]> {
  if (requests.length === 0) return [];
  return (await judgeRequests(db, { requests, now })).verdicts;
}

async function judgeRequests(
  tx: Db,
  { requests, now }: { requests: readonly SendRequest[]; now: Date },
): Promise<Judged> {
  const heads = await loadMessageHeads(tx, { messages: requests });
  const ready = requests.map((request) => prepare(request, heads.get(headKey(request))));
  const recipients = await loadRecipients(tx, {
    contactIds: [...new Set(requests.map(({ contactId }) => contactId))],
  });
  const candidates = await findCandidates(tx, {
    searches: ready.map(({ search }) => search),
    recipients,
    now,
  });
  const memberships = await findCategoryMemberships(tx, {
    questions: ready.map(({ request, message }) => ({
      contactId: request.contactId,
      categoryIds: message.categories,
    })),
  });
  const verdicts = ready.map((entry, i) =>
    judge(entry, {
      recipient: recipients.get(entry.request.contactId),
      candidates: candidates[i]!,
      membership: memberships[i],
      now,
    }),
  );
  return { ready, verdicts, recipients };
}

function prepare(request: SendRequest, message: MessageHead | undefined): Ready {
  const channel = findChannel(request.channel);
  if (
    !channel ||
    message?.workspace_id !== request.workspaceId ||
    message.channel !== channel.key
  ) {
    throw new Error(
      `Workspace ${request.workspaceId} has no message ${request.messageId} for the channel ${request.channel}.`,
    );
  }
  const { contactId, workspaceId } = request;
  return { request, message, search: { contactId, workspaceId, channel } };
}

function judge(
  { request, message, search }: Ready,
  {
    recipient,
    candidates,
    membership,
    now,
  }: {
    recipient: RecipientRow | undefined;
    candidates: Candidate[];
    membership: CategoryMembership | undefined;
    now: Date;
  },
): Verdict {
  if (request.refused) {
    const { gate, reason } = request.refused;
    return { decision: 'refused', reason, reasons: [{ gate, passed: false, details: { reason } }] };
  }
  if (message.archived) {
    const reason = 'message archived';
    return { decision: 'refused', reason, reasons: [{ gate: 'message', passed: false }] };
  }
  return askGates({
    recipient: {
      // A contact of another workspace is none of this one's.
      exists: recipient?.workspace_id === request.workspaceId,
      deleted: recipient?.deleted ?? false,
    },
    transactional: request.transactional,
    membership,
    candidates,
    maxAddresses: search.channel.maxAddresses,
    now,
  });
}

async function write(
  tx: Tx,
  {
    ready,
    verdicts,
    recipients,
    now,
  }: {
    ready: readonly Ready[];
    verdicts: readonly Verdict[];
    recipients: Map<number, RecipientRow>;
    now: Date;
  },
): Promise<SendDecision[]> {
  const addresses = verdicts.map((verdict) =>
    verdict.decision === 'sent' ? verdict.candidates : [],
  );
  const ids = await takeIds(tx, {
    sends: ready.length,
    deliveries: addresses.reduce((sum, list) => sum + list.length, 0),
  });
  const sends = ready.map((entry, i) =>
    newSend(entry, { id: ids.sends[i]!, verdict: verdicts[i]!, recipients, now }),
  );
  await insertSends(tx, { sends });
  const deliveryIds = ids.deliveries.values();
  await insertDeliveries(tx, {
    deliveries: ready.flatMap((entry, i) =>
      addresses[i]!.map((candidate) =>
        newDelivery(entry, {
          id: deliveryIds.next().value!,
          sendId: sends[i]!.id,
          candidate,
          now,
        }),
      ),
    ),
  });
  return sends.map((send, i) => toDecision(send.id, verdicts[i]!));
}

function newSend(
  { request, message }: Ready,
  {
    id,
    verdict,
    recipients,
    now,
  }: { id: number; verdict: Verdict; recipients: Map<number, RecipientRow>; now: Date },
): NewSend {
  const language = chooseLanguage({
    languages: message.languages,
    wanted: [request.language, recipients.get(request.contactId)?.language],
    fallback: message.default_language,
  });
  return {
    id,
    request,
    language,
    messageVersion: message.version,
    decision: verdict.decision,
    reasons: verdict.reasons,
    status: verdict.decision === 'sent' ? 'queued' : null,
    holdUntil: verdict.decision === 'held' ? verdict.holdUntil : null,
    now,
  };
}

function newDelivery(
  { request }: Ready,
  { id, sendId, candidate, now }: { id: number; sendId: number; candidate: Candidate; now: Date },
): NewDelivery {
  return {
    id,
    sendId,
    request,
    address: candidate.address,
    app: candidate.app,
    // What somebody waits for overtakes what was sent to many.
    lane: request.transactional || request.test ? 0 : 1,
    dueAt: request.at > now ? request.at : now,
    now,
  };
}

function toDecision(sendId: number, { decision, reasons, ...rest }: Verdict): SendDecision {
  return {
    sendId,
    decision,
    reasons,
    ...('holdUntil' in rest && { holdUntil: rest.holdUntil }),
    ...('reason' in rest && { reason: rest.reason }),
  };
}

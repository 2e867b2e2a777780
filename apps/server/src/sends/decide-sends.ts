import { findChannel } from '@perennial/channels';
import type { Db, Tx } from '../db/index.ts';
import {
  chooseLanguage,
  headKey,
  loadMessageHeads,
  pickSubject,
  type MessageHead,
} from '../messages/index.ts';
import type { GateReason, SendDecision, SendRequest } from './decision.ts';
import { findCategoryMemberships } from './find-category-memberships.ts';
import { findCandidates, loadRecipients } from './find-candidates.ts';
import type { Verdict } from './gates/ask-gates.ts';
import type { Candidate } from './gates/gate.ts';
import { loadHeld, updateHeld, withWaits, type HeldRow } from './held-queries.ts';
import {
  countsAt,
  expiryOf,
  judgeRequests,
  priorityOf,
  startOf,
  type Ground,
  type Judged,
} from './judge-requests.ts';
import {
  insertDeliveries,
  insertSends,
  takeIds,
  type NewDelivery,
  type NewSend,
} from './queries.ts';
import { loadLabels, loadPlaces } from './rules/load-places.ts';
import { loadSendingSettings } from './rules/load-sending-settings.ts';

/** A request with its message, once the message is known to fit. */
type Ready = Pick<Judged, 'request' | 'message' | 'channel' | 'held'>;

/**
 * Decides every request under its contact's slot and writes the sends with their deliveries, in
 * the caller's transaction: a dozen statements, however many requests, and three more where a rule
 * limits how many messages a contact gets. Decisions come in the order of the requests. A request
 * for a message that is not there, or of another channel, throws: who publishes a workflow checks
 * that.
 */
export async function decideSends(
  tx: Tx,
  { requests, now }: { requests: readonly SendRequest[]; now: Date },
): Promise<SendDecision[]> {
  if (requests.length === 0) return [];
  const { judged, verdicts } = await judgeAll(tx, { requests, now });
  return write(tx, { judged, verdicts, now });
}

/** What would be decided now; writes nothing. */
export async function foreseeSends(
  db: Db,
  { requests, now }: { requests: readonly SendRequest[]; now: Date },
): Promise<Verdict[]> {
  return requests.length === 0 ? [] : (await judgeAll(db, { requests, now })).verdicts;
}

/** What the gates say of every request; writes nothing. */
export async function judgeAll(
  db: Db,
  { requests, now }: { requests: readonly SendRequest[]; now: Date },
): Promise<{ judged: Judged[]; verdicts: Verdict[] }> {
  const ready = await prepareAll(db, requests);
  const judged = await gather(db, { ready, now });
  const ground = await surveyGround(db, { ready, now });
  return { judged, verdicts: judgeRequests(judged, ground) };
}

async function prepareAll(tx: Db, requests: readonly SendRequest[]): Promise<Ready[]> {
  const heads = await loadMessageHeads(tx, { messages: requests });
  const held = await loadHeld(tx, {
    contactIds: requests.map(({ contactId }) => contactId),
    ids: requests.flatMap(({ heldSendId }) => heldSendId ?? []),
  });
  return requests.map((request) =>
    prepare(request, heads.get(headKey(request)), held.get(request.heldSendId ?? 0)),
  );
}

function prepare(
  request: SendRequest,
  message: MessageHead | undefined,
  held: HeldRow | undefined,
): Ready {
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
  return { request, message, channel, held };
}

/** The contacts with their addresses and topics. */
async function gather(
  tx: Db,
  { ready, now }: { ready: readonly Ready[]; now: Date },
): Promise<Judged[]> {
  const recipients = await loadRecipients(tx, {
    contactIds: [...new Set(ready.map(({ request }) => request.contactId))],
  });
  const candidates = await findCandidates(tx, {
    searches: ready.map(({ request: { contactId, workspaceId }, channel }) => ({
      contactId,
      workspaceId,
      channel,
    })),
    recipients,
    now,
  });
  const memberships = await findCategoryMemberships(tx, {
    questions: ready.map(({ request, message }) => ({
      contactId: request.contactId,
      categoryIds: message.categories,
    })),
  });
  return ready.map((entry, i) => ({
    ...entry,
    recipient: recipients.get(entry.request.contactId),
    candidates: named(candidates[i]!, entry.request.address),
    membership: memberships[i],
  }));
}

/** All of them, or the one that the request names. */
function named(candidates: Candidate[], address: string | undefined): Candidate[] {
  return address === undefined
    ? candidates
    : candidates.filter((candidate) => candidate.address === address);
}

/** What the workspaces say, and what counts for the contacts where that is limited. */
async function surveyGround(
  tx: Db,
  { ready, now }: { ready: readonly Ready[]; now: Date },
): Promise<Ground> {
  const workspaceIds = [...new Set(ready.map(({ request }) => request.workspaceId))];
  const settings = await loadSendingSettings(tx, { workspaceIds });
  const rules = [...settings.values()].flatMap((own) => own.rules);
  const limited = ready.filter(
    ({ request }) => (settings.get(request.workspaceId)?.rules.length ?? 0) > 0,
  );
  const contactIds = [...new Set(limited.map(({ request }) => request.contactId))];
  return {
    settings,
    places: await loadPlaces(tx, { contactIds, rules, now }),
    labels: await loadLabels(tx, { rules, messageIds: limited.map(({ message }) => message.id) }),
    now,
  };
}

/** Writes sends as they were judged, with their deliveries. */
export async function write(
  tx: Tx,
  { judged, verdicts, now }: { judged: readonly Judged[]; verdicts: readonly Verdict[]; now: Date },
): Promise<SendDecision[]> {
  const addresses = verdicts.map((verdict) =>
    verdict.decision === 'sent' ? verdict.candidates : [],
  );
  const ids = await takeIds(tx, {
    sends: judged.filter(({ held }) => !held).length,
    deliveries: addresses.reduce((sum, list) => sum + list.length, 0),
  });
  const sendIds = ids.sends.values();
  const sends = judged.map((entry, i) =>
    toSend(entry, { id: entry.held?.id ?? sendIds.next().value!, verdict: verdicts[i]!, now }),
  );
  await insertSends(tx, { sends: sends.filter((_, i) => !judged[i]!.held) });
  await updateHeld(tx, { sends: sends.filter((_, i) => judged[i]!.held) });
  const deliveryIds = ids.deliveries.values();
  await insertDeliveries(tx, {
    deliveries: judged.flatMap((entry, i) =>
      addresses[i]!.map((candidate) =>
        newDelivery(entry, { id: deliveryIds.next().value!, send: sends[i]!, candidate, now }),
      ),
    ),
  });
  return sends.map((send, i) => toDecision(send.id, verdicts[i]!));
}

function toSend(
  judged: Judged,
  { id, verdict, now }: { id: number; verdict: Verdict; now: Date },
): NewSend {
  const { request, message, recipient, held } = judged;
  const language = chooseLanguage({
    languages: message.languages,
    wanted: [request.language, recipient?.language],
    fallback: message.default_language,
  });
  return {
    id,
    request,
    language,
    messageVersion: message.version,
    decision: verdict.decision,
    reason: 'reason' in verdict ? verdict.reason : null,
    reasons: [...chosenBy(request), ...(held ? withWaits(held, verdict.reasons) : verdict.reasons)],
    status: verdict.decision === 'sent' ? 'queued' : null,
    holdUntil: verdict.decision === 'held' ? verdict.holdUntil : null,
    expiresAt: expiryOf(judged, now),
    priority: priorityOf(judged),
    countsAt: countsAt(judged, verdict, now),
    now,
  };
}

/** Why this message and not another, before all that the gates said. */
function chosenBy({ chosen }: SendRequest): GateReason[] {
  return chosen === undefined ? [] : [{ gate: 'variant', passed: true, details: chosen }];
}

function newDelivery(
  judged: Judged,
  { id, send, candidate, now }: { id: number; send: NewSend; candidate: Candidate; now: Date },
): NewDelivery {
  const { request, message } = judged;
  return {
    id,
    sendId: send.id,
    request,
    address: candidate.address,
    app: candidate.app,
    // What somebody waits for overtakes what was sent to many.
    lane: request.transactional || request.test ? 0 : 1,
    dueAt: new Date(startOf(judged, now)),
    expiresAt: expiryOf(judged, now),
    subject: pickSubject(send.id, { counts: message.subjects, language: send.language }),
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

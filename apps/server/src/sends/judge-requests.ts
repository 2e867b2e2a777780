import type { ChannelDefinition } from '@perennial/channels';
import { isKnownZone } from '@perennial/conditions';
import {
  PRIORITIES,
  sendWindowSchema,
  timeToLiveMs,
  type MessageSending,
  type SendHours,
  type SendWindow,
} from '@perennial/contracts';
import type { MessageHead, MessageLabels } from '../messages/index.ts';
import type { SendRequest } from './decision.ts';
import type { RecipientRow } from './find-candidates.ts';
import { askGates, type Verdict } from './gates/ask-gates.ts';
import type { Place, Subject } from './gates/places.ts';
import type { Candidate, CategoryMembership } from './gates/gate.ts';
import { localHours } from './gates/send-window.ts';
import type { HoursQuestion } from './gates/leaves-at.ts';
import { spreadRelease } from './gates/spread-release.ts';
import type { HeldRow } from './held-queries.ts';
import type { SendingSettings } from './rules/load-sending-settings.ts';

/** A request with all that its gates look at. */
export interface Judged {
  request: SendRequest;
  message: MessageHead;
  channel: ChannelDefinition;
  recipient: RecipientRow | undefined;
  candidates: Candidate[];
  membership: CategoryMembership | undefined;
  /** The send it goes on from, if it waited. */
  held: HeldRow | undefined;
}

/** What is the same for all requests of a batch. */
export interface Ground {
  settings: ReadonlyMap<number, SendingSettings>;
  /** By contact; grows as messages take their places. */
  places: Map<number, Place[]>;
  labels: ReadonlyMap<number, MessageLabels>;
  now: Date;
}

/** 1 to 3; what the request says wins over its message. */
export function priorityOf({ request, message }: Pick<Judged, 'request' | 'message'>): number {
  return PRIORITIES.indexOf(request.terms?.priority ?? message.sending.priority) + 1;
}

/** When the message would leave if nothing kept it. */
export function startOf({ request }: Pick<Judged, 'request'>, now: Date): number {
  return Math.max(now.getTime(), request.at.getTime());
}

export function expiryOf(
  { request, message, channel, held }: Omit<Judged, 'candidates' | 'membership' | 'recipient'>,
  now: Date,
): Date {
  if (held?.expires_at) return held.expires_at;
  const ttl = request.terms?.ttl ?? message.sending.ttl;
  const base = held?.created_at.getTime() ?? startOf({ request }, now);
  return new Date(base + (ttl ? timeToLiveMs(ttl) : channel.ttlMs));
}

/**
 * Judges all requests, the urgent ones first, then those that have waited, then in their order: of a
 * contact each sees the places that those before it took. Verdicts come in the order of requests.
 */
export function judgeRequests(judged: readonly Judged[], ground: Ground): Verdict[] {
  const verdicts: Verdict[] = [];
  const order = judged
    .map((entry, i) => ({ entry, i }))
    .sort((a, b) => byTurn(a.entry, b.entry) || a.i - b.i);
  for (const { entry, i } of order) {
    const verdict = judge(entry, ground);
    takePlace(entry, verdict, ground);
    verdicts[i] = verdict;
  }
  return verdicts;
}

function byTurn(a: Judged, b: Judged): number {
  const turn = ({ held }: Judged): number => held?.id ?? Infinity;
  const byPriority = priorityOf(b) - priorityOf(a);
  if (byPriority !== 0 || turn(a) === turn(b)) return byPriority;
  return turn(a) - turn(b);
}

function judge(judged: Judged, ground: Ground): Verdict {
  const { request, message, channel, recipient, candidates, membership } = judged;
  if (request.refused) {
    const { gate, reason } = request.refused;
    return { decision: 'refused', reason, reasons: [{ gate, passed: false, details: { reason } }] };
  }
  if (message.archived) {
    const reason = 'message archived';
    return { decision: 'refused', reason, reasons: [{ gate: 'message', passed: false }] };
  }
  const { now } = ground;
  // What somebody waits for is never held back; a test shows what the message looks like.
  const isFree = request.transactional || request.test;
  const hours = isFree ? undefined : hoursFor(judged, ground);
  return askGates({
    recipient: {
      // A contact of another workspace is none of this one's.
      exists: recipient?.workspace_id === request.workspaceId,
      deleted: recipient?.deleted ?? false,
    },
    transactional: request.transactional,
    membership,
    candidates: ofApp(candidates, request.terms?.app),
    choice: request.terms?.addresses ?? message.sending.addresses ?? channel.addressChoices[0],
    maxAddresses: channel.maxAddresses,
    at: startOf(judged, now),
    frequency: isFree ? undefined : frequencyFor(judged, ground),
    hours,
    expiresAt: expiryOf(judged, now).getTime(),
  });
}

function ofApp(candidates: readonly Candidate[], app: string | undefined): Candidate[] {
  return candidates.filter((candidate) => app === undefined || candidate.app === app);
}

/** Of a message and what its request says: hours of its own, or the workspace's; null: always. */
export function windowFor({
  asked,
  sending,
  settings,
}: {
  asked: SendHours | undefined;
  sending: MessageSending;
  settings: SendingSettings;
}): SendWindow | null {
  const chosen = asked ?? sending.send_hours;
  if (chosen === 'workspace') return settings.sendWindow;
  return chosen === 'any' ? null : sendWindowSchema.parse(chosen);
}

/** The contact's own zone, if this program knows it. */
export function knownZone(zone: string | null | undefined): string | null {
  return zone && isKnownZone(zone) ? zone : null;
}

function hoursFor(
  { request, message, recipient }: Judged,
  { settings }: Ground,
): HoursQuestion | undefined {
  const own = settings.get(request.workspaceId);
  if (!own) return undefined;
  const window = windowFor({
    asked: request.terms?.send_hours,
    sending: message.sending,
    settings: own,
  });
  if (!window) return undefined;
  const zones = { workspace: own.zone, contact: knownZone(recipient?.time_zone) };
  return {
    hours: localHours(window, zones),
    contactId: request.contactId,
    releaseMs: own.releaseMs,
  };
}

function frequencyFor(judged: Judged, ground: Ground) {
  const { request, recipient, held } = judged;
  const settings = ground.settings.get(request.workspaceId);
  if (!settings || settings.rules.length === 0) return undefined;
  const { contactId } = request;
  return {
    rules: settings.rules,
    subject: subjectOf(judged, ground),
    places: ground.places.get(contactId) ?? [],
    priority: priorityOf(judged),
    sendId: held?.id ?? null,
    zones: {
      workspace: settings.zone,
      contact: knownZone(recipient?.time_zone) ?? settings.zone,
    },
    spread: (at: number) =>
      spreadRelease({
        opening: { from: at, to: at + 24 * 3_600_000 },
        contactId,
        overMs: settings.releaseMs,
      }),
  };
}

function subjectOf({ request, message }: Judged, { labels }: Ground): Subject {
  return {
    messageId: message.id,
    channel: request.channel,
    transactional: request.transactional,
    tagIds: labels.get(message.id)?.tagIds ?? [],
    categoryIds: message.categories,
  };
}

/** What is decided counts for those that are judged after it. */
function takePlace(judged: Judged, verdict: Verdict, ground: Ground): void {
  const { request, held } = judged;
  if (!ground.settings.get(request.workspaceId)?.rules.length || request.test) return;
  const { contactId } = request;
  const others = (ground.places.get(contactId) ?? []).filter(
    ({ sendId }) => sendId === null || sendId !== held?.id,
  );
  if (verdict.decision !== 'refused') {
    others.push({
      ...subjectOf(judged, ground),
      at: countsAt(judged, verdict, ground.now)!.getTime(),
      sendId: held?.id ?? null,
      priority: priorityOf(judged),
      waits: verdict.decision === 'held',
    });
  }
  ground.places.set(contactId, others);
}

/** When the message takes its place among those of its contact; null: never. */
export function countsAt(judged: Judged, verdict: Verdict, now: Date): Date | null {
  if (judged.request.test || verdict.decision === 'refused') return null;
  return verdict.decision === 'held' ? verdict.holdUntil : new Date(startOf(judged, now));
}

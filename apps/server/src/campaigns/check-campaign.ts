import { findChannel } from '@perennial/channels';
import type { CampaignProblem } from '@perennial/contracts';
import type { Db } from '../db/index.ts';
import { Problem } from '../http/index.ts';
import {
  findMessage,
  findMissingSecrets,
  loadVersion,
  type MessageRow,
} from '../messages/index.ts';
import { findSegment, readSegmentCatalogue } from '../segments/index.ts';
import { findCarrier } from '../sends/index.ts';
import { checkSplit } from './check-split.ts';
import { languagesWithoutWayOut } from './unsubscribe-link.ts';
import { findCampaign, type CampaignRow } from './queries.ts';
import { nextOccurrence, startOf } from './schedule/schedule.ts';

export interface CampaignVerdict {
  errors: CampaignProblem[];
  warnings: CampaignProblem[];
  /** What would be sent, by variant; undefined where that is an error. */
  messages: (MessageRow | undefined)[];
}

type Checked = Pick<
  CampaignRow,
  | 'workspace_id'
  | 'message_id'
  | 'include'
  | 'exclude'
  | 'follows'
  | 'schedule'
  | 'pace'
  | 'split'
  | 'terms'
>;

/** What stands in the way of a start, and what is worth knowing before it. */
export async function checkCampaign(
  db: Db,
  { campaign, workspaceZone, now }: { campaign: Checked; workspaceZone: string; now: Date },
): Promise<CampaignVerdict> {
  const { workspace_id: workspaceId, split } = campaign;
  const messages: CampaignVerdict['messages'] = [];
  const errors: CampaignProblem[] = [];
  const warnings: CampaignProblem[] = [];
  for (const { id, path } of variantsOf(campaign)) {
    const message = id === null ? undefined : await findMessage(db, { workspaceId, id });
    const about = await checkMessage(db, { workspaceId, id, message, path });
    messages.push(message);
    errors.push(...about.errors);
    warnings.push(...about.warnings);
  }
  if (split) errors.push(...(await checkSplit(db, { campaign, split, messages })));
  errors.push(...checkApp(campaign, messages));
  const aboutSegments = await checkSegments(db, campaign);
  const aboutTime = checkTime(campaign, { workspaceZone, now });
  return {
    errors: [...errors, ...aboutSegments, ...aboutTime],
    warnings: withoutRepeats(warnings),
    messages,
  };
}

/** Throws what stands in the way; answers the messages that are sent. */
export function requireStartable({ errors, messages }: CampaignVerdict): MessageRow[] {
  if (errors.length === 0) return messages.map((message) => message!);
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new Problem('unprocessable', { detail: `${errors[0]!.message}${more}`, errors });
}

function variantsOf({ message_id: first, split }: Checked): { id: number | null; path: string }[] {
  const others = split?.others ?? [];
  return [
    { id: first, path: '/message' },
    ...others.map((id, i) => ({ id, path: `/split/others/${i}` })),
  ];
}

/** What is true of several variants is said once. */
function withoutRepeats(problems: readonly CampaignProblem[]): CampaignProblem[] {
  return [
    ...new Map(problems.toReversed().map((each) => [each.message, each])).values(),
  ].toReversed();
}

async function checkMessage(
  db: Db,
  {
    workspaceId,
    id,
    message,
    path,
  }: { workspaceId: number; id: number | null; message: MessageRow | undefined; path: string },
): Promise<Omit<CampaignVerdict, 'messages'>> {
  if (id === null) {
    const message =
      path === '/message' ? 'Choose the message to send.' : 'Choose a message for each variant.';
    return failed({ path, message });
  }
  if (!message) return failed({ path, message: 'The message is not there.' });
  if (message.archived_at) {
    return failed({
      path,
      message: `The message “${message.name}” is archived: take it out of the archive first.`,
    });
  }
  const errors = [
    ...(await linkProblems(db, message, path)),
    ...(await secretProblems(db, message, path)),
  ];
  const warnings: CampaignProblem[] = [];
  const carrier = await findCarrier(db, {
    workspaceId,
    channel: message.channel,
  });
  const channel = findChannel(message.channel)?.label ?? message.channel;
  if (carrier?.problem) {
    errors.push({ path, message: `The sender of ${channel} does not work: ${carrier.problem}` });
  }
  if (!carrier || carrier.kind === 'sandbox') {
    warnings.push({
      path,
      message: `${channel} has no provider: what is sent stays in the outbox.`,
    });
  }
  if (message.categories.length === 0) {
    warnings.push({
      path,
      message: 'The message has no subscription category: it is for everybody in the segments.',
    });
  }
  return { errors, warnings };
}

function failed(problem: CampaignProblem): Omit<CampaignVerdict, 'messages'> {
  return { errors: [problem], warnings: [] };
}

async function linkProblems(
  db: Db,
  { id: messageId, name, version, channel }: MessageRow,
  path: string,
): Promise<CampaignProblem[]> {
  if (channel !== 'email') return [];
  const made = await loadVersion(db, { messageId, version });
  const content = made?.content ?? {};
  const isOnly = Object.keys(content).length === 1;
  return languagesWithoutWayOut(content, made?.compiled ?? {}).map((language) => ({
    path,
    message: `Nobody can unsubscribe from “${name}”${isOnly ? '' : ` in ${language}`}: put {{ unsubscribe_url }} or {{ preferences_url }} into it.`,
  }));
}

async function secretProblems(
  db: Db,
  { id, name: called }: MessageRow,
  path: string,
): Promise<CampaignProblem[]> {
  const missing = (await findMissingSecrets(db, { messageIds: [id] })).get(id) ?? [];
  return missing.map((name) => ({
    path,
    message: `The message “${called}” fetches with the secret “${name}”, which is not there.`,
  }));
}

async function checkSegments(db: Db, campaign: Checked): Promise<CampaignProblem[]> {
  const { workspace_id: workspaceId, include, exclude, follows } = campaign;
  if (include.length === 0 && !follows) {
    return [{ path: '/include', message: 'Choose the segments to send to.' }];
  }
  const catalogue = await readSegmentCatalogue(db, { workspaceId });
  const problems: CampaignProblem[] = [];
  if (follows && !(await wasStarted(db, { workspaceId, id: Number(follows.campaign) }))) {
    problems.push({
      path: '/follows/campaign',
      message: 'The earlier campaign was never started.',
    });
  }
  for (const [member, ids] of [
    ['include', include],
    ['exclude', exclude],
  ] as const) {
    for (const [i, id] of ids.entries()) {
      const message = await segmentProblem(db, { workspaceId, id, catalogue });
      if (message) problems.push({ path: `/${member}/${i}`, message });
    }
  }
  return problems;
}

async function wasStarted(db: Db, which: { workspaceId: number; id: number }): Promise<boolean> {
  const earlier = await findCampaign(db, which);
  return earlier !== undefined && earlier.started_at !== null;
}

async function segmentProblem(
  db: Db,
  {
    workspaceId,
    id,
    catalogue,
  }: {
    workspaceId: number;
    id: number;
    catalogue: Awaited<ReturnType<typeof readSegmentCatalogue>>;
  },
): Promise<string | undefined> {
  const known = catalogue.get(String(id));
  if (!known) return `Segment ${id} is not there.`;
  if (known.usesEvent) {
    return `"${known.name}" takes values from an event: without one it has no members.`;
  }
  const segment = await findSegment(db, { workspaceId, id });
  if (segment?.state === 'computing') {
    return `The members of "${known.name}" are being found out: start when they are there.`;
  }
  if (segment?.state === 'failed') {
    return `The members of "${known.name}" could not be found out: save the segment again.`;
  }
  return undefined;
}

/** Better refused than sent to nobody: addresses of other channels belong to no app. */
function checkApp({ terms }: Checked, messages: CampaignVerdict['messages']): CampaignProblem[] {
  const [channel] = messages.flatMap((message) => (message ? findChannel(message.channel) : []));
  if (terms.app === undefined || !channel || channel.address === 'push_token') return [];
  const message = `Addresses of ${channel.label} belong to no app: leave it out.`;
  return [{ path: '/terms/app', message }];
}

/** Contacts and their zones each have their own time, which no rate can keep. */
function checkTime(
  { schedule, pace }: Checked,
  { workspaceZone, now }: { workspaceZone: string; now: Date },
): CampaignProblem[] {
  const problems: CampaignProblem[] = [];
  if (pace && schedule.kind !== 'now' && schedule.zone === 'contact') {
    problems.push({
      path: '/pace',
      message: 'A pace and the zones of contacts cannot be kept at once: choose one.',
    });
  }
  if (schedule.kind === 'recurring') {
    if (schedule.every === 'week' && schedule.weekdays.length === 0) {
      problems.push({ path: '/schedule/weekdays', message: 'Choose a weekday.' });
    } else if (!nextOccurrence(schedule, { after: now.getTime(), workspaceZone })) {
      problems.push({
        path: '/schedule/until',
        message: 'There is no occurrence left to send at.',
      });
    }
  }
  if (schedule.kind === 'once' && schedule.zone === 'workspace') {
    const startsAt = startOf(schedule, { zone: 'workspace', workspaceZone });
    if (startsAt < now.getTime() - 60_000) {
      problems.push({ path: '/schedule/time', message: 'This time has passed.' });
    }
  }
  return problems;
}

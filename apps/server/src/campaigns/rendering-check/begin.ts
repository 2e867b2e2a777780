import type { newRenderingCheckSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { inTransaction, type Db, type Pool, type Tx } from '../../db/index.ts';
import { notFound, Problem, type Origin } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { enqueueJob, type JobRow } from '../../jobs/index.ts';
import {
  blocksOf,
  checkContent,
  findMessage,
  type CheckedContent,
  type MessageRow,
  type RenderPool,
} from '../../messages/index.ts';
import { findSegment, readSegmentCatalogue } from '../../segments/index.ts';
import { findCampaign } from '../queries.ts';
import type { RenderingAudience } from './audience-of.ts';
import { keepDraft } from './drafts.ts';
import { countUnfinished } from './queries.ts';
import { RENDERING_CHECK, type RenderingCheckInput } from './work.ts';

type Request = z.output<typeof newRenderingCheckSchema>;

/** Each renders for a whole base: a third one would only make all of them slower. */
const MOST_AT_ONCE = 2;

export async function beginMessageCheck(
  db: Pool,
  { renderPool }: { renderPool: RenderPool },
  {
    workspaceId,
    id,
    by,
    event,
    ...request
  }: Request & { workspaceId: number; id: number; by: Origin },
): Promise<JobRow> {
  const message = await findMessage(db, { workspaceId, id });
  if (!message) throw notFound('message');
  const audience = request.audience ?? { kind: 'all' };
  await requireAudience(db, { workspaceId, audience });
  const defaultLanguage = request.default_language ?? message.default_language;
  const draft =
    request.content &&
    (await checkContent(
      { renderPool, findBlocks: blocksOf(db, { workspaceId }) },
      { channel: message.channel, content: request.content, defaultLanguage },
    ));
  const input: RenderingCheckInput = {
    messages: [draft ? { id } : { id, version: message.version }],
    campaign: null,
    audience,
    ...(event && { event }),
    name: message.name,
  };
  return begin(db, { workspaceId, by, input, draft, defaultLanguage });
}

/** What it would send now; of a campaign that has started, what it sends. */
export async function beginCampaignCheck(
  db: Pool,
  { workspaceId, id, by }: { workspaceId: number; id: number; by: Origin },
): Promise<JobRow> {
  const campaign = await findCampaign(db, { workspaceId, id });
  if (!campaign) throw notFound('campaign');
  const { message_id: first, message_version: pinned, split, other_versions: others } = campaign;
  const wanted = [
    { id: first, version: pinned },
    ...(split?.others ?? []).map((other, i) => ({ id: other, version: others?.[i] ?? null })),
  ];
  const messages = await Promise.all(
    wanted.map(async ({ id: messageId, version }) => {
      const message = await messageOf(db, { workspaceId, id: messageId });
      return { id: message.id, version: version ?? message.version };
    }),
  );
  if (campaign.include.length === 0 && !campaign.follows) {
    throw new Problem('unprocessable', { detail: 'Choose the segments to send to first.' });
  }
  const audience: RenderingAudience = { kind: 'campaign', campaign: id };
  await requireAudience(db, { workspaceId, audience });
  const input: RenderingCheckInput = { messages, campaign: id, audience, name: campaign.name };
  return begin(db, { workspaceId, by, input });
}

async function messageOf(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number | null },
): Promise<MessageRow> {
  const message = id === null ? undefined : await findMessage(db, { workspaceId, id });
  if (!message) throw new Problem('unprocessable', { detail: 'Choose the message to send first.' });
  return message;
}

async function begin(
  db: Pool,
  {
    workspaceId,
    by,
    input,
    draft,
    defaultLanguage,
  }: {
    workspaceId: number;
    by: Origin;
    input: RenderingCheckInput;
    draft?: CheckedContent | undefined;
    defaultLanguage?: string;
  },
): Promise<JobRow> {
  return inTransaction(db, async (tx) => {
    await refuseMore(tx, { workspaceId });
    const job = await enqueueJob(tx, {
      workspaceId,
      by,
      kind: RENDERING_CHECK,
      input: input as unknown as JsonObject,
    });
    if (draft) await keepDraft(tx, { jobId: job.id, defaultLanguage: defaultLanguage!, draft });
    return job;
  });
}

async function refuseMore(tx: Tx, { workspaceId }: { workspaceId: number }): Promise<void> {
  if ((await countUnfinished(tx, { workspaceId })) < MOST_AT_ONCE) return;
  throw new Problem('conflict', {
    detail: `${MOST_AT_ONCE} checks of whole audiences are running. Wait for one to end, or cancel it.`,
  });
}

/** Throws what is wrong with an audience; another workspace's segments are not there. */
async function requireAudience(
  db: Db,
  { workspaceId, audience }: { workspaceId: number; audience: RenderingAudience },
): Promise<void> {
  if (audience.kind === 'all') return;
  const chosen = await segmentsOf(db, { workspaceId, audience });
  const catalogue = await readSegmentCatalogue(db, { workspaceId });
  for (const { id, path } of chosen) {
    const known = catalogue.get(String(id));
    const segment = await findSegment(db, { workspaceId, id });
    if (!known || !segment) throw unfit(path, `Segment ${id} is not there.`);
    if (known.usesEvent) {
      throw unfit(
        path,
        `"${known.name}" takes values from an event: without one it has no members.`,
      );
    }
    if (segment.state !== undefined && segment.state !== 'ready') {
      throw unfit(path, `The members of "${known.name}" are not known yet.`);
    }
  }
}

async function segmentsOf(
  db: Db,
  {
    workspaceId,
    audience,
  }: { workspaceId: number; audience: Exclude<RenderingAudience, { kind: 'all' }> },
): Promise<{ id: number; path: string }[]> {
  if (audience.kind === 'segments') {
    return (['include', 'exclude'] as const).flatMap((member) =>
      audience[member].map((id, i) => ({ id, path: `/audience/${member}/${i}` })),
    );
  }
  const campaign = await findCampaign(db, { workspaceId, id: audience.campaign });
  if (!campaign) throw unfit('/audience/campaign', 'The campaign is not there.');
  return [...campaign.include, ...campaign.exclude].map((id) => ({
    id,
    path: '/audience/campaign',
  }));
}

function unfit(path: string, message: string): Problem {
  return new Problem('unprocessable', { detail: message, errors: [{ path, message, in: 'body' }] });
}

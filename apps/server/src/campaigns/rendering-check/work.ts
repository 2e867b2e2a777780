import { setTimeout as pause } from 'node:timers/promises';
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { renderingAudienceSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { csvRow, type ContactQuestions } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { keepContacts, nextPiece, type Slice, type Work, type WorkKind } from '../../jobs/index.ts';
import { loadVersion, type RenderPool, type VersionRow } from '../../messages/index.ts';
import { hasDueDeliveries } from '../../sends/index.ts';
import { readSlotCount } from '../../slots/index.ts';
import { listWorkspaces } from '../../workspaces/index.ts';
import { pickVariant, waitsForWinner } from '../pick-variant.ts';
import { findCampaign, type CampaignRow } from '../queries.ts';
import { readPieces } from './audience-of.ts';
import { loadDraft } from './drafts.ts';
import { groupFailures, type FailureGroup } from './group-failures.ts';
import { renderPiece, type PieceToRender, type RenderedPiece } from './render-piece.ts';

export const RENDERING_CHECK = 'messages.rendering_check';

export interface RenderingCheckInput {
  /** Of each variant the version that was the newest at the beginning; of a draft the version is absent. */
  messages: { id: number; version?: number }[];
  campaign: number | null;
  audience: z.output<typeof renderingAudienceSchema>;
  event?: JsonObject;
  /** For lists of work. */
  name: string;
}

export interface RenderingCheckParts {
  renderPool: RenderPool;
  questions: ContactQuestions;
}

/** What the slices before have found. */
export interface RenderingCheckResult {
  rendered: number;
  skipped: number;
  groups: FailureGroup[];
}

/** Contacts in a piece. */
const AT_ONCE = 500;
/** Senders have something to do: so long at most they are left alone after each slice. */
const LONGEST_PAUSE_MS = 1_500;

const compress = promisify(gzip);

/** Renders a message for everybody in an audience and tells for whom that fails. Sends nothing. */
export function renderingCheckWork({
  renderPool,
  questions,
}: Omit<RenderingCheckParts, 'renderPool'> & { renderPool: RenderPool | undefined }): WorkKind {
  return {
    kind: RENDERING_CHECK,
    right: 'messages.write',
    about: ({ name = null }) => ({ name }),
    slice: (tx, work, { now }) => {
      if (!renderPool) throw new Error('This process renders nothing.');
      return sliceOf(tx, { renderPool, questions }, { work, now });
    },
  };
}

async function sliceOf(
  tx: Tx,
  parts: RenderingCheckParts,
  { work, now }: { work: Work; now: Date },
): Promise<Slice> {
  const input = work.input as unknown as RenderingCheckInput;
  if (!work.cursor) return findSlice(tx, parts, { work, input, now });
  const from = Number(work.cursor['piece'] ?? 0);
  const found = await nextPiece(tx, { jobId: work.id, from });
  const before = resultOf(work.cursor['result']);
  const after = found?.piece === from ? Number(work.cursor['after'] ?? 0) : 0;
  if (!found) return { cursor: work.cursor, next: 'finished', result: asJson(before) };
  const began = performance.now();
  const messages = await loadMessages(tx, { work, input });
  const campaign = await campaignOf(tx, { work, input });
  const [workspace] = await listWorkspaces(tx, { ids: [work.workspaceId] });
  const { ids, ...piece } = await renderFor(tx, parts, {
    workspace: {
      id: workspace!.id,
      slug: workspace!.slug,
      name: workspace!.name,
      timeZone: workspace!.time_zone,
      currency: workspace!.currency,
    },
    contactIds: found.contactIds.filter((id) => id > after).toSorted((a, b) => a - b),
    messageFor: (contactId) => messages[variantFor(campaign, contactId)]!,
    event: input.event,
    now,
  });
  await leaveRoom(tx, { tookMs: performance.now() - began, now });
  const last = ids.at(-1) ?? after;
  const isThrough = found.contactIds.every((id) => id <= last);
  const place = isThrough ? { piece: found.piece + 1 } : { piece: found.piece, after: last };
  const { result, ...slice } = await written(before, piece, ids);
  return { ...slice, result, cursor: { ...place, result }, next: 'go on' };
}

/** A template that is slow for everybody must not make a slice that takes minutes. */
const SLICE_MS = 1_500;
const FIRST_FEW = 10;
const MANY = 50;

/** As many of a piece as a slice has time for, and which these are. */
async function renderFor(
  tx: Tx,
  parts: RenderingCheckParts,
  { contactIds, ...common }: PieceToRender,
): Promise<RenderedPiece & { ids: number[] }> {
  const began = performance.now();
  const sum: RenderedPiece & { ids: number[] } = { rendered: 0, skipped: 0, failures: [], ids: [] };
  for (let from = 0, size = FIRST_FEW; from < contactIds.length; from += size) {
    const tookMs = performance.now() - began;
    if (tookMs > SLICE_MS) break;
    // Those before say how long the next ones take.
    size = from > 0 && tookMs / from < SLICE_MS / MANY / 4 ? MANY : FIRST_FEW;
    const ids = contactIds.slice(from, from + size);
    const part = await renderPiece(tx, parts, { ...common, contactIds: ids });
    sum.rendered += part.rendered;
    sum.skipped += part.skipped;
    sum.failures.push(...part.failures);
    sum.ids.push(...ids);
  }
  return sum;
}

async function findSlice(
  tx: Tx,
  { questions }: RenderingCheckParts,
  { work, input, now }: { work: Work; input: RenderingCheckInput; now: Date },
): Promise<Slice> {
  const { id: jobId, workspaceId } = work;
  const { audience } = input;
  const asking = { jobId, workspaceId, audience, questions, size: AT_ONCE, now };
  const pieces = await readPieces(tx, asking);
  await keepContacts(tx, { jobId, pieces });
  const total = pieces.reduce((sum, { n }) => sum + n, 0);
  const head = csvRow(['contact', 'external_id', 'language', 'path', 'line', 'error'], ',');
  const content = await compress(`\u{feff}${head}`);
  const result = asJson({ rendered: 0, skipped: 0, groups: [] });
  return {
    cursor: { piece: 0, result },
    next: 'go on',
    total,
    result,
    file: { content, rows: 0 },
  };
}

/**
 * Rendering has a thread of its own, and a core is shared all the same: while something waits to be
 * sent, a check rests as long as it worked.
 */
async function leaveRoom(tx: Tx, { tookMs, now }: { tookMs: number; now: Date }): Promise<void> {
  if (!(await hasDueDeliveries(tx, { slots: await readSlotCount(tx), now }))) return;
  await pause(Math.min(tookMs, LONGEST_PAUSE_MS));
}

async function written(
  before: RenderingCheckResult,
  { rendered, skipped, failures }: RenderedPiece,
  contactIds: readonly number[],
): Promise<Omit<Slice, 'next' | 'cursor' | 'result'> & { result: JsonObject }> {
  const { groups, numbers } = groupFailures(before.groups, failures);
  const result = asJson({
    rendered: before.rendered + rendered,
    skipped: before.skipped + skipped,
    groups,
  });
  const rows = failures.map(({ contactId, externalId, language, path, line, message }) =>
    csvRow(
      [String(contactId), externalId ?? '', language, path, line ? String(line) : '', message],
      ',',
    ),
  );
  return {
    result,
    done: contactIds.length - failures.length,
    errors: failures.map(({ contactId, message }, i) => ({
      contactId,
      subject: String(numbers[i]),
      message: message.slice(0, 500),
    })),
    ...(rows.length > 0 && { file: { content: await compress(rows.join('')), rows: rows.length } }),
  };
}

async function loadMessages(
  tx: Tx,
  { work, input }: { work: Work; input: RenderingCheckInput },
): Promise<(VersionRow & { draftKey: string })[]> {
  return Promise.all(
    input.messages.map(async ({ id: messageId, version }) => {
      const found =
        version === undefined
          ? await loadDraft(tx, { jobId: work.id, messageId })
          : await loadVersion(tx, { messageId, version });
      if (!found) throw new Error(`Message ${messageId} has no version ${version}.`);
      return {
        ...found,
        draftKey: `${version === undefined ? `job${work.id}` : version}:${messageId}`,
      };
    }),
  );
}

async function campaignOf(
  tx: Tx,
  {
    work: { workspaceId },
    input: { campaign: id, messages },
  }: { work: Work; input: RenderingCheckInput },
): Promise<CampaignRow | undefined> {
  return id === null || messages.length < 2 ? undefined : findCampaign(tx, { workspaceId, id });
}

/** Who waits for the winner is looked at as if the first variant were it. */
function variantFor(campaign: CampaignRow | undefined, contactId: number): number {
  if (!campaign || waitsForWinner(campaign, contactId)) return 0;
  return pickVariant(campaign, contactId);
}

export function resultOf(kept: unknown): RenderingCheckResult {
  const { rendered = 0, skipped = 0, groups = [] } = (kept ?? {}) as Partial<RenderingCheckResult>;
  return { rendered, skipped, groups };
}

function asJson(result: RenderingCheckResult): JsonObject {
  return result as unknown as JsonObject;
}

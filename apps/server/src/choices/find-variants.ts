import type { Variant, VariantQuestion } from '@perennial/blocks/steps';
import { DAY_MS } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
import { readBlockState } from './block-state.ts';
import { findSentSince, findTagged, readCounts, type VariantCounts } from './queries.ts';

/** In the order of the questions. Blocks are few in a batch; each is asked about once. */
export async function findVariants(
  db: Db,
  { questions, now }: { questions: readonly VariantQuestion[]; now: number },
): Promise<Variant[][]> {
  const answers = new Map<VariantQuestion, Variant[]>();
  const byBlock = Map.groupBy(questions, ({ run, block, ...rest }) =>
    JSON.stringify([run.workflowId, run.version, block, rest.channel]),
  );
  for (const group of byBlock.values()) {
    for (const [question, variants] of await variantsOf(db, group, now)) {
      answers.set(question, variants);
    }
  }
  return questions.map((question) => answers.get(question)!);
}

/** Of visits to one block. */
async function variantsOf(
  db: Db,
  group: readonly VariantQuestion[],
  now: number,
): Promise<[VariantQuestion, Variant[]][]> {
  const [{ run, block, channel, include, exclude, memoryDays }] = group as [VariantQuestion];
  const { workspaceId, workflowId } = run;
  const messageIds = await findTagged(db, { workspaceId, channel, include, exclude });
  if (messageIds.length === 0) return group.map((question) => [question, []]);
  const { epochs, paused } = await readBlockState(db, { workflowId, block });
  const counts = await readCounts(db, { workflowId, block, epochs });
  const sent = await sentWithin(db, { group, messageIds, since: now - memoryDays * DAY_MS });
  return group.map((question) => [
    question,
    messageIds.map((messageId) => ({
      messageId,
      ...learnt(counts.get(messageId)),
      paused: paused.includes(messageId),
      sentAt: sent.get(pairOf(question.run.contactId, messageId)),
    })),
  ]);
}

function learnt(counts: VariantCounts | undefined): Pick<Variant, 'settled' | 'succeeded'> {
  return { settled: counts?.settled ?? 0, succeeded: counts?.succeeded ?? 0 };
}

async function sentWithin(
  db: Db,
  {
    group,
    messageIds,
    since,
  }: { group: readonly VariantQuestion[]; messageIds: readonly number[]; since: number },
): Promise<Map<string, number>> {
  if (group[0]!.memoryDays === 0) return new Map();
  const contactIds = [...new Set(group.map(({ run }) => run.contactId))];
  const rows = await findSentSince(db, { contactIds, messageIds, since: new Date(since) });
  return new Map(rows.map((row) => [pairOf(row.contact_id, row.message_id), row.at.getTime()]));
}

function pairOf(contactId: number, messageId: number): string {
  return `${contactId} ${messageId}`;
}

import type { Tx } from '../../db/index.ts';
import { inLongStatement } from '../../jobs/index.ts';
import type { SlotAnswers } from '../../segments/index.ts';
import { tendKeptTypes } from '../../events/index.ts';
import { readSlotCount } from '../../slots/index.ts';
import { compileSet } from '../set/compile-set.ts';
import { prepareToScan } from '../set/evaluate-set.ts';
import { prepareQuestion } from '../set/prepare-question.ts';
import type { SetQuestion } from '../set/set-question.ts';

/** Longer than a preview: nobody waits for it, and it is not asked again. */
const PATIENCE_MS = 15 * 60_000;

/**
 * What one snapshot says of everybody, a row for each slot. The arrays pass through this program as
 * the database writes them: it reads in several processes only for a statement that writes nothing.
 */
export async function askSnapshot(
  tx: Tx,
  { jobId, question }: { jobId: number; question: SetQuestion },
): Promise<SlotAnswers[]> {
  const prepared = await prepareQuestion(tx, question, { hold: true });
  const { text, values } = compileSet(prepared, 'changes');
  const slots = await readSlotCount(tx);
  await prepareToScan(tx, PATIENCE_MS);
  const began = performance.now();
  const statement = `with answers as (
${text}
)
select (id % $${values.length + 1}::integer)::integer as slot, count(*)::integer as n, array_agg(id)::text as contact_ids,
       array_agg(member)::text as members, array_agg(changes_at)::text as changes_at
  from answers
 group by 1`;
  const { rows } = await inLongStatement(tx, { id: jobId }, () =>
    tx.query<SlotAnswers>(statement, [...values, slots]),
  );
  const { workspaceId, now } = question;
  const keys = [...prepared.kept.asked];
  const tookMs = performance.now() - began;
  if (keys.length > 0) await tendKeptTypes(tx, { workspaceId, keys, tookMs, now });
  return rows;
}

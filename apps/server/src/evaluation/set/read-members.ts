import type { Tx } from '../../db/index.ts';
import { compileSet } from './compile-set.ts';
import { prepareToScan } from './evaluate-set.ts';
import { prepareQuestion } from './prepare-question.ts';
import type { SetQuestion } from './set-question.ts';

export interface MemberRead {
  id: number;
  /** The contact's time zone as it is written down. */
  zone: string | null;
}

/** Longer than a preview: what is read so is acted upon as it comes. */
const PATIENCE_MS = 15 * 60_000;
/** So that the first are there at once. */
const FIRST = 500;

/**
 * Who is a member, some at a time in no order, all as of the transaction's snapshot: those that come
 * first are there long before the last.
 */
export async function* readMembers(
  tx: Tx,
  question: SetQuestion,
  { size }: { size: number },
): AsyncGenerator<MemberRead[]> {
  const { text, values } = compileSet(await prepareQuestion(tx, question), 'members');
  await prepareToScan(tx, PATIENCE_MS);
  // Everybody is read: the plan that ends first is wanted, not the one that begins first.
  await tx.query(`set local cursor_tuple_fraction = 1`);
  await tx.query(
    `declare members_read no scroll cursor for
     select contacts.id, contacts.fields ->> 'time_zone' as zone
       from contacts
      where contacts.id in (
${text}
)`,
    values,
  );
  for (let wanted = Math.min(FIRST, size); ; wanted = size) {
    const { rows } = await tx.query<MemberRead>(`fetch ${wanted} from members_read`);
    if (rows.length === 0) break;
    yield rows;
  }
  await tx.query(`close members_read`);
}

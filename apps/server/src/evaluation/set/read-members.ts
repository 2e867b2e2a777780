import { sqlState, type Tx } from '../../db/index.ts';
import { compileSet } from './compile-set.ts';
import { prepareToScan } from './evaluate-set.ts';
import { prepareQuestion } from './prepare-question.ts';
import type { SetQuestion } from './set-question.ts';

const CANCELLED = '57014';

export interface MemberRead {
  id: number;
  /** The contact's time zone as it is written down. */
  zone: string | null;
}

/** Longer than a preview: what is read so is acted upon as it comes. */
const PATIENCE_MS = 15 * 60_000;
/** These are asked for by themselves: a plan for everybody builds tables before it answers anybody. */
const FIRST = 500;
/** Some definitions know nobody before they know everybody. */
const FIRST_PATIENCE_MS = 500;
/** Rows that come at once: who shares the thread waits until they are parsed, two milliseconds. */
const PIECE = 1_000;

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
  const everybody = `select contacts.id, contacts.fields ->> 'time_zone' as zone
       from contacts
      where contacts.id in (
${text}
)`;
  const first = await askFirst(tx, { text: `${everybody} limit ${Math.min(FIRST, size)}`, values });
  if (first.length > 0) yield first;
  const seen = new Set(first.map(({ id }) => id));
  // Everybody is read: the plan that ends first is wanted, not the one that begins first.
  await tx.query(`set local cursor_tuple_fraction = 1`);
  await tx.query(`declare members_read no scroll cursor for ${everybody}`, values);
  let gathered: MemberRead[] = [];
  for (;;) {
    const { rows } = await tx.query<MemberRead>(`fetch ${Math.min(PIECE, size)} from members_read`);
    if (rows.length === 0) break;
    for (const member of rows) if (!seen.has(member.id)) gathered.push(member);
    if (gathered.length < size) continue;
    yield gathered.slice(0, size);
    gathered = gathered.slice(size);
  }
  if (gathered.length > 0) yield gathered;
  await tx.query(`close members_read`);
}

/** Nobody, if it takes long. */
async function askFirst(
  tx: Tx,
  { text, values }: { text: string; values: unknown[] },
): Promise<MemberRead[]> {
  await tx.query('savepoint first_members');
  await tx.query(`set local statement_timeout = ${FIRST_PATIENCE_MS}`);
  const rows = await tx.query<MemberRead>(text, values).then(
    (answer) => answer.rows,
    (error: unknown): MemberRead[] => {
      if (sqlState(error) !== CANCELLED) throw error;
      return [];
    },
  );
  // With the savepoint goes the limit on time.
  await tx.query('rollback to savepoint first_members; release savepoint first_members');
  return rows;
}

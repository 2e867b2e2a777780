import type { FieldCatalogue } from '@perennial/conditions';
import { zonesInUse, type ContactQuestions } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import { compileSet } from '../set/compile-set.ts';
import type { SetAnswer } from '../set/evaluate-set.ts';
import type { Asked } from './asked.ts';
import type { LiveRule } from './live-index.ts';
import type { Judged } from './plan-moves.ts';

interface SqlRound {
  asked: readonly Asked[];
  workspaceId: number;
  workspaceZone: string;
  workspaceCurrency: string;
  fields: FieldCatalogue;
  questions: ContactQuestions;
}

/**
 * What rules say of contacts whose events are too many to be read: the database counts them. One
 * statement for each rule and instant; there are few such contacts.
 */
export async function judgeInSql(tx: Tx, { asked, ...round }: SqlRound): Promise<Judged[]> {
  const judged: Judged[] = [];
  const pairs = asked.flatMap(({ question, rules }) => rules.map((rule) => ({ question, rule })));
  for (const [rule, ofRule] of Map.groupBy(pairs, (pair) => pair.rule)) {
    for (const [at, own] of Map.groupBy(ofRule, (pair) => pair.question.at)) {
      const among = own.map(({ question }) => question.contactId);
      const answers = await answersOf(tx, rule, { ...round, among, at });
      judged.push(...own.map(({ question }) => judgedAs(question, rule, answers)));
    }
  }
  return judged;
}

async function answersOf(
  tx: Tx,
  { definition }: LiveRule,
  { among, at, ...round }: Omit<SqlRound, 'asked'> & { among: number[]; at: number },
): Promise<Map<number, SetAnswer>> {
  const zones = await zonesInUse(tx, { ...round, rule: definition, among });
  const question = { ...round, rule: definition, now: new Date(at), among, zones };
  const { text, values } = compileSet(question, 'changes');
  const { rows } = await tx.query<SetAnswer>(text, values);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Who is not among the answers is no member, and time alone does not let them in. */
function judgedAs(
  question: Asked['question'],
  rule: LiveRule,
  answers: ReadonlyMap<number, SetAnswer>,
): Judged {
  const answer = answers.get(question.contactId);
  const changesAt = answer?.changes_at?.getTime() ?? null;
  return { question, rule, member: answer?.member === true, changesAt };
}

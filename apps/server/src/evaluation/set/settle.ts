import type { Definition } from '@perennial/conditions';
import {
  fieldTypesOf,
  readCustomRules,
  withoutKept,
  zonesInUse,
  type ContactQuestions,
  type KeptTypes,
} from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import {
  hasDueMemberships,
  memberSql,
  readDueRows,
  readKept,
  readLiveDefinitions,
  readSwapped,
  segmentsIn,
  type LiveDefinition,
  type Settle,
  type Settled,
  type SettledMoves,
} from '../../segments/index.ts';
import { readSlotCount, slotOf } from '../../slots/index.ts';
import { listWorkspaces } from '../../workspaces/index.ts';
import { compileSet } from './compile-set.ts';

/** As when a day ends for everybody. */
const MANY = 20_000;

/**
 * Evaluates, as of now, contacts of segments whose instant has passed and whom nobody has handled
 * yet, so that reads need not wait for it. Segments that are asked for by these are settled first.
 */
export function settleWith(
  questions: ContactQuestions,
  { many = MANY }: { many?: number } = {},
): Settle {
  return async (db, { workspaceId, segmentIds, contactIds, now }) => {
    const slots = await readSlotCount(db);
    const all = Array.from({ length: slots }, (_, slot) => slot);
    if (!(await hasDueMemberships(db, { slots: all, now }))) return new Map();
    const rules = new Map(
      (await readLiveDefinitions(db, { workspaceIds: [workspaceId] })).map((rule) => [
        rule.segmentId,
        rule,
      ]),
    );
    const wanted = innerFirst(segmentIds, rules);
    const asked = { workspaceId, segmentIds: wanted, contactIds, slots, now };
    const due = await readDueRows(db, asked);
    const dueOf = Map.groupBy(due, (row) => row.segment_id);
    const settled = new Map<number, SettledMoves>();
    for (const segmentId of wanted) {
      const rule = rules.get(segmentId)!;
      const inner = innerOf(rule).flatMap((id) => settled.get(id) ?? []);
      const wasMember = new Map(
        (dueOf.get(segmentId) ?? []).map((row) => [row.contact_id, row.member]),
      );
      const others = inner
        .flatMap(({ entering, leaving }) => [entering, leaving])
        .flat()
        .filter((id) => !wasMember.has(id));
      if (wasMember.size + others.length === 0) continue;
      const kept = await readKept(db, { segmentId, contactIds: others });
      for (const id of others) wasMember.set(id, kept.has(id));
      const among = [...wasMember.keys()];
      const members = await membersNow(db, { rule, among, slots, now, questions, settled, many });
      const entering = among.filter((id) => members.has(id) && !wasMember.get(id));
      const leaving = among.filter((id) => !members.has(id) && wasMember.get(id));
      if (entering.length + leaving.length > 0)
        settled.set(segmentId, { entering, leaving, at: now });
    }
    return settled;
  };
}

/** These segments and those that they lead to, each after what it asks for. */
function innerFirst(ids: readonly number[], rules: ReadonlyMap<number, LiveDefinition>): number[] {
  const sorted = new Set<number>();
  const visit = (id: number): void => {
    const rule = rules.get(id);
    if (!rule || sorted.has(id)) return;
    for (const inner of innerOf(rule)) visit(inner);
    sorted.add(id);
  };
  for (const id of ids) visit(id);
  return [...sorted];
}

function innerOf({ kept, computing }: LiveDefinition): number[] {
  return [kept, computing].flatMap((version) =>
    version ? segmentsIn(version.definition).map(Number) : [],
  );
}

interface Asked {
  rule: LiveDefinition;
  among: number[];
  slots: number;
  now: Date;
  questions: ContactQuestions;
  settled: Settled;
  /** Of more it takes longer to look each of them up than to ask of everybody. */
  many: number;
}

/** Which of these contacts are members, by the rule that their slot follows. */
async function membersNow(db: Db, asked: Asked): Promise<Set<number>> {
  const { rule, among, slots } = asked;
  const { kept, computing, segmentId } = rule;
  const swapped = computing
    ? await readSwapped(db, { versions: [{ segmentId, version: computing.version }] })
    : new Map<number, number>();
  const hasTakenOver = (id: number): boolean => slotOf(id, slots) < (swapped.get(segmentId) ?? 0);
  const parts = [
    { version: kept, ids: among.filter((id) => !hasTakenOver(id)) },
    { version: computing, ids: among.filter(hasTakenOver) },
  ];
  const members = new Set<number>();
  for (const { version, ids } of parts) {
    if (!version || ids.length === 0) continue;
    const found = await ask(db, { ...asked, definition: version.definition, ids });
    for (const id of found) members.add(id);
  }
  return members;
}

interface AskedOf extends Asked {
  definition: Definition;
  ids: number[];
}

function ask(db: Db, asked: AskedOf): Promise<number[]> {
  const { rule, questions } = asked;
  const { withKept = withoutKept } = questions;
  const { workspaceId } = rule;
  return withKept(db, { workspaceId }, (kept) => askWith(db, { ...asked, kept }));
}

async function askWith(
  db: Db,
  {
    rule: { workspaceId },
    definition,
    ids,
    now,
    questions,
    settled,
    many,
    kept,
  }: AskedOf & { kept: KeptTypes },
): Promise<number[]> {
  const [workspace] = await listWorkspaces(db, { ids: [workspaceId] });
  const among = ids.length > many ? undefined : ids;
  const { text, values } = compileSet(
    {
      rule: definition,
      workspaceId,
      workspaceZone: workspace!.time_zone,
      workspaceCurrency: workspace!.currency,
      now,
      fields: fieldTypesOf(await readCustomRules(db, { workspaceId })),
      questions: withSettled(questions, settled),
      kept,
      among,
      zones: await zonesInUse(db, { rule: definition, workspaceId, among }),
    },
    'members',
  );
  const { rows } = await db.query<{ id: number }>(text, values);
  const wanted = new Set(ids);
  return rows.map(({ id }) => id).filter((id) => wanted.has(id));
}

/** Questions that are answered as of now. */
export function withSettled(questions: ContactQuestions, settled: Settled): ContactQuestions {
  if (settled.size === 0) return questions;
  return { ...questions, segment: (id, asking) => memberSql(id, asking, settled) };
}

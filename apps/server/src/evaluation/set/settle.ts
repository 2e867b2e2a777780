import type { Definition } from '@perennial/conditions';
import {
  fieldTypesOf,
  newStatement,
  readCustomRules,
  withoutKept,
  zonesInUse,
  type ContactQuestions,
  type KeptTypes,
} from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import {
  keptSizeSql,
  memberSql,
  membershipsDue,
  openSql,
  readDueSegments,
  readLiveDefinitions,
  readSwapped,
  segmentsIn,
  type LiveDefinition,
  type Settle,
  type Settled,
  type SettledSegment,
} from '../../segments/index.ts';
import { hasDue, readSlotCount, slotOf } from '../../slots/index.ts';
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
    const count = await readSlotCount(db);
    const slots = Array.from({ length: count }, (_, slot) => slot);
    if (!(await hasDue(db, { columns: [membershipsDue], slots, now }))) return new Map();
    const rules = new Map(
      (await readLiveDefinitions(db, { workspaceIds: [workspaceId] })).map((rule) => [
        rule.segmentId,
        rule,
      ]),
    );
    const wanted = innerFirst(segmentIds, rules);
    const asked = { workspaceId, contactIds, slots, now };
    const due = await readDueSegments(db, { ...asked, segmentIds: wanted, most: many });
    const dueOf = new Map(due.map((segment) => [segment.segmentId, segment.contactIds]));
    const settled = new Map<number, SettledSegment>();
    for (const segmentId of wanted) {
      const rule = rules.get(segmentId)!;
      const moved = innerOf(rule)
        .flatMap((id) => settled.get(id) ?? [])
        .flatMap(({ entering, leaving }) => entering.concat(leaving));
      const others = [...new Set(moved)];
      const own = dueOf.get(segmentId);
      if (own === undefined && others.length === 0) continue;
      // Of more it takes longer to look each of them up than to ask of everybody.
      const few = own === null ? undefined : [...new Set([...(own ?? []), ...others])];
      const among = few && few.length <= many ? few : undefined;
      const moves = await movesNow(db, { ...asked, rule, others, among, questions, settled });
      if (moves.entering.length + moves.leaving.length > 0) settled.set(segmentId, moves);
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
  workspaceId: number;
  contactIds: number[] | undefined;
  /** Members of segments within the rule who came or went, besides those whose own instant passed. */
  others: number[];
  /** All of whom it is asked, unless they are very many. */
  among: number[] | undefined;
  slots: readonly number[];
  now: Date;
  questions: ContactQuestions;
  settled: Settled;
}

/** Who stands otherwise than the rows say, each by the rule that their slot follows. */
async function movesNow(db: Db, asked: Asked): Promise<SettledSegment> {
  const { rule, slots, now } = asked;
  const { kept, computing, segmentId } = rule;
  const swapped = computing
    ? await readSwapped(db, { versions: [{ segmentId, version: computing.version }] })
    : new Map<number, number>();
  const next = swapped.get(segmentId) ?? 0;
  const parts = [
    { version: kept, slots: slots.filter((slot) => slot >= next) },
    { version: computing, slots: slots.filter((slot) => slot < next) },
  ];
  const moves: SettledSegment = { entering: [], leaving: [], at: now, size: 0 };
  let size = 0;
  for (const part of parts) {
    if (!part.version || part.slots.length === 0) continue;
    const own = new Set(part.slots);
    const others = asked.others.filter((id) => own.has(slotOf(id, slots.length)));
    const definition = part.version.definition;
    const found = await ask(db, { ...asked, definition, others, own: part.slots });
    moves.entering = moves.entering.concat(found.entering);
    moves.leaving = moves.leaving.concat(found.leaving);
    size = found.size;
  }
  moves.size = size + moves.entering.length - moves.leaving.length;
  return moves;
}

interface AskedOf extends Asked {
  definition: Definition;
  /** The slots that follow this definition. */
  own: number[];
}

/** The size is the one that is written. */
type Moves = Omit<SettledSegment, 'at'>;

function ask(db: Db, asked: AskedOf): Promise<Moves> {
  const { questions, workspaceId } = asked;
  const { withKept = withoutKept } = questions;
  return withKept(db, { workspaceId }, (kept) => askWith(db, { ...asked, kept }));
}

/**
 * A statement that sets this is planned without parallel processes. Several read a crowd hardly faster
 * on two cores, and the events that arrive meanwhile found no core.
 */
const BY_ONE_PROCESS = `set_config('max_parallel_workers_per_gather', '0', true)`;

/** In one statement, which answers only who moved: after a midnight a million may have been asked. */
async function askWith(db: Db, asked: AskedOf & { kept: KeptTypes }): Promise<Moves> {
  const { workspaceId, definition, among, now, questions, settled, kept } = asked;
  const [workspace] = await listWorkspaces(db, { ids: [workspaceId] });
  const members = compileSet(
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
  const { put, values } = newStatement(members.values);
  const { segmentId } = asked.rule;
  const { rows } = await db.query<Moves>(
    `with open as materialized (
     ${openSql(put, { ...asked, segmentId, slots: asked.own })}
), members as materialized (
${members.text}
)
select coalesce(json_agg(open.contact_id) filter (where not open.member), '[]') as entering,
       coalesce(json_agg(open.contact_id) filter (where open.member), '[]') as leaving,
       ${keptSizeSql(put(segmentId))} as size,
       ${BY_ONE_PROCESS} as by_one
  from open left join members on members.id = open.contact_id
 where open.member <> (members.id is not null)`,
    values,
  );
  return rows[0]!;
}

/** Questions that are answered as of now. */
export function withSettled(questions: ContactQuestions, settled: Settled): ContactQuestions {
  if (settled.size === 0) return questions;
  return { ...questions, segment: (id, asking) => memberSql(id, asking, settled) };
}

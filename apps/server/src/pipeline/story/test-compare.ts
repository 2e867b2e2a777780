import { interpret, segmentConditions, type Definition, type Facts } from '@perennial/conditions';
import { expect } from 'vitest';
import { evaluateSet } from '../../evaluation/set/evaluate-set.ts';
import { contactQuestions } from '../../main/around-contacts.ts';
import { segmentsIn } from '../../segments/index.ts';
import { slotOf } from '../../slots/index.ts';
import { catalogue } from './test-definition.ts';
import type { StoryWorld } from './test-story-world.ts';
import { wholeFacts } from './test-whole-facts.ts';

/** The rules of one segment. */
interface Rules {
  id: number;
  kept: Definition | null;
  /** What takes its place, slot by slot. */
  next: Definition | null;
  /** Slots below this one follow it. */
  swapped: number;
}

/**
 * Members as they are kept, and as sets find them, against the interpreter over all that is stored.
 * Of a segment whose members are computed anew because of something that no contact did, those that
 * are kept are not compared until they were.
 */
export async function compareMembers(
  world: StoryWorld,
  { sets }: { sets: boolean },
): Promise<void> {
  const people = await wholeFacts(world.pool, { ...world, now: world.now() });
  const all = await readRules(world);
  const stored = await readKept(world);
  for (const rules of all) {
    if (!isBehind(rules, all)) compareKept(world, { rules, ...stored }, people);
    if (sets && rules.kept) await compareSet(world, rules.kept, people);
  }
}

async function readRules({ pool, segments }: StoryWorld): Promise<Rules[]> {
  const { rows } = await pool.query<Rules>(
    `select s.id, kept.definition as kept, next.definition as next, coalesce(next.swapped, 0) as swapped
       from segments s
       left join segment_versions kept on kept.segment_id = s.id and kept.version = s.version
       left join lateral (select definition, swapped from segment_versions v
                           where v.segment_id = s.id and v.computed_at is null
                             and (v.state = 'computing' or v.swapped is not null)
                           order by v.swapped is null, v.version limit 1) next on true
      where s.id = any($1) order by s.id`,
    [segments],
  );
  return rows;
}

/** It, or one that it asks for, is computed anew though its rule is the same, or exchanges its members. */
function isBehind(rules: Rules, all: readonly Rules[]): boolean {
  if (rules.next && JSON.stringify(rules.next) === JSON.stringify(rules.kept)) return true;
  const inner = [rules.kept, rules.swapped > 0 ? rules.next : null]
    .flatMap((rule) => (rule ? segmentsIn(rule) : []))
    .flatMap((id) => all.filter((other) => other.id === Number(id)));
  return inner.some((other) => other.swapped > 0 || isBehind(other, all));
}

/** Who is kept as a member of which segment, and how many are counted. */
interface Kept {
  members: Record<string, number[]>;
  sizes: Record<string, number>;
}

async function readKept({ pool, workspaceId }: StoryWorld): Promise<Kept> {
  const { rows } = await pool.query<Kept>(
    `select (select coalesce(jsonb_object_agg(segment_id, ids), '{}')
               from (select segment_id, jsonb_agg(contact_id order by contact_id) as ids
                       from memberships where workspace_id = $1 and member group by 1) m) as members,
            (select coalesce(jsonb_object_agg(segment_id, n), '{}')
               from (select segment_id, sum(members) as n
                       from segment_sizes where workspace_id = $1 group by 1) s) as sizes`,
    [workspaceId],
  );
  return rows[0]!;
}

function compareKept(
  { slots, now }: StoryWorld,
  { rules: { id, kept, next, swapped }, members, sizes }: Kept & { rules: Rules },
  people: ReadonlyMap<number, Facts>,
): void {
  const ruleOf = (contact: number): Definition | null =>
    slotOf(contact, slots) < swapped ? next : kept;
  const expected = [...people]
    .filter(([contact, facts]) => holds(ruleOf(contact), facts))
    .map(([contact]) => contact);
  const about = { at: new Date(now()).toISOString(), rule: kept, next, swapped };
  expect({ ...about, members: members[id] ?? [], size: sizes[id] ?? 0 }).toEqual({
    ...about,
    members: expected,
    size: expected.length,
  });
}

async function compareSet(
  { pool, workspaceId, now }: StoryWorld,
  rule: Definition,
  people: ReadonlyMap<number, Facts>,
): Promise<void> {
  const [anybody] = people.values();
  if (!anybody) return;
  const question = {
    rule,
    workspaceId,
    workspaceZone: anybody.workspaceZone,
    workspaceCurrency: anybody.workspaceCurrency!,
    now: new Date(now()),
    fields: catalogue,
    questions: contactQuestions,
  };
  const found = await evaluateSet(pool, question, { wanted: 'members', timeoutMs: 60_000 });
  const expected = [...people].filter(([, facts]) => holds(rule, facts)).map(([id]) => id);
  const about = { at: question.now.toISOString(), asked: rule };
  expect({ ...about, members: found.toSorted((a, b) => a - b) }).toEqual({
    ...about,
    members: expected,
  });
}

function holds(rule: Definition | null, facts: Facts): boolean {
  return rule !== null && interpret(rule, facts, { fields: catalogue, types: segmentConditions });
}

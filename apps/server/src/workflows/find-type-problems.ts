import type { fieldTypeUseSchema, WorkflowState } from '@perennial/contracts';
import type { z } from 'zod';
import { normalizeValue, ruleOf, type CustomRules } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';
import { checkDefinition } from './check-definition.ts';

type TypeUse = z.output<typeof fieldTypeUseSchema>;

interface Mentioning {
  id: number;
  name: string;
  state: WorkflowState;
  definition: Json;
  /** What runs follow, or new ones would; else a draft. */
  live: boolean;
}

/**
 * Workflows that are right as long as a field has its type, and would be wrong with another one.
 * What runs follow keeps the field from changing; of a draft it is told.
 */
export async function findTypeProblems(
  db: Db,
  {
    workspaceId,
    field,
    rules,
    changed,
  }: { workspaceId: number; field: string; rules: CustomRules; changed: CustomRules },
): Promise<TypeUse[]> {
  const uses = new Map<number, TypeUse>();
  for (const workflow of await readMentioning(db, { workspaceId, field })) {
    const { id, name, state, definition, live } = workflow;
    if (uses.get(id)?.blocks) continue;
    const problem = await newProblem(db, { workspaceId, field, definition, rules, changed });
    if (problem === undefined) continue;
    uses.set(id, { kind: 'workflow', id, name, state, problem, blocks: live });
  }
  return [...uses.values()];
}

/** Drafts, published versions, and older ones that still have runs. */
async function readMentioning(
  db: Db,
  { workspaceId, field }: { workspaceId: number; field: string },
): Promise<Mentioning[]> {
  const { rows } = await db.query<Mentioning>(
    `select w.id, w.name, w.state, v.definition, true as live
       from workflows w
       join workflow_versions v on v.workflow_id = w.id
      where w.workspace_id = $1 and w.state <> 'archived' and strpos(v.definition::text, $2) > 0
        and (v.version = w.published_version
          or (select coalesce(sum(case when n.what = 'started' then n.n else -n.n end), 0)
                from workflow_counts n
               where n.workflow_id = w.id and n.version = v.version
                 and n.what in ('started', 'completed', 'stopped', 'failed')) > 0)
      union all
     select w.id, w.name, w.state, w.draft, false
       from workflows w
      where w.workspace_id = $1 and w.state <> 'archived' and strpos(w.draft::text, $2) > 0`,
    [workspaceId, JSON.stringify(field)],
  );
  return rows.toSorted((a, b) => Number(b.live) - Number(a.live) || a.id - b.id);
}

/** The first thing that is wrong under the changed rules and was right under the others. */
async function newProblem(
  db: Db,
  {
    workspaceId,
    field,
    definition,
    rules,
    changed,
  }: {
    workspaceId: number;
    field: string;
    definition: Json;
    rules: CustomRules;
    changed: CustomRules;
  },
): Promise<string | undefined> {
  const problems = async (under: CustomRules): Promise<Map<string, string>> => {
    const { errors } = await checkDefinition(db, { workspaceId, definition, rules: under });
    const checked = errors.map(({ path, message }) => [path, message] as const);
    return new Map([...checked, ...misfits(definition, field, under)]);
  };
  const known = await problems(rules);
  const found = [...(await problems(changed))].find(([place]) => !known.has(place));
  return found?.[1];
}

/** What blocks do to the field that its type does not allow; a run would find it out. */
function misfits(
  definition: Json,
  field: string,
  rules: CustomRules,
): [place: string, message: string][] {
  const rule = ruleOf(rules, field);
  if (!rule) return [];
  const isNumber = rule.type === 'integer' || rule.type === 'decimal';
  return Object.entries(membersOf(membersOf(definition)['blocks'])).flatMap(
    ([id, block]): [string, string][] => {
      const { set, increment, decrement, append } = membersOf(block);
      const at = (what: string, message: string): [string, string] => [`${id} ${what}`, message];
      const literal = membersOf(set)[field];
      const fits =
        literal === undefined || isParameter(literal) || normalizeValue(rule, literal).ok;
      return [
        ...(fits ? [] : [at('set', `Block ${id} sets a value that is no ${rule.type}.`)]),
        ...(!isNumber && (has(increment, field) || has(decrement, field))
          ? [at('count', `Block ${id} counts with it, and a ${rule.type} is no number.`)]
          : []),
        ...(rule.type !== 'multiple_choice' && has(append, field)
          ? [at('append', `Block ${id} adds to it, and a ${rule.type} is no list.`)]
          : []),
      ];
    },
  );
}

function has(value: Json | undefined, field: string): boolean {
  return Object.hasOwn(membersOf(value), field);
}

/** Read when the block runs. */
function isParameter(value: Json): boolean {
  return Object.keys(membersOf(value)).some((key) => key.startsWith('$'));
}

function membersOf(value: Json | undefined): { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

import {
  isInOneCurrency,
  leavesOf,
  type BaseCondition,
  type Definition,
  type OrderCondition,
} from '@perennial/conditions';
import type { Db } from '../db/index.ts';

/** A dynamic segment whose rule mentions something. */
export interface RuleUse {
  kind: 'segment';
  id: number;
  name: string;
  state: string;
}

/**
 * Dynamic segments whose rule asks for one of these, by the one it asks for: as it was saved last, or
 * as its members are kept still. A workspace has thousands at most, and each of their rules is read
 * once however many segments are asked about.
 */
export async function findUsingSegments(
  db: Db,
  { workspaceId, segmentIds }: { workspaceId: number; segmentIds: readonly number[] },
): Promise<Map<number, RuleUse[]>> {
  const { rows } = await db.query<Omit<RuleUse, 'kind'> & { used: number }>(
    `select distinct on (s.name, s.id, used) (mention ->> 'segment')::bigint as used, s.id, s.name, v.state
       from segments s
       join segment_versions v on v.segment_id = s.id and (v.version = s.version or v.${LATEST})
      cross join jsonb_path_query(v.definition, '$.** ? (@.type == "segment")') as mention
      where s.workspace_id = $1 and s.kind = 'dynamic' and s.archived_at is null
        and mention ->> 'segment' = any($2)
      order by s.name, s.id, used, v.version desc`,
    [workspaceId, segmentIds.map(String)],
  );
  return byMention(rows.map(({ used, ...row }) => [used, { kind: 'segment', ...row }]));
}

/** Dynamic segments whose rule reads a field, by its name in the segment language. */
export function findUsingField(
  db: Db,
  { workspaceId, field }: { workspaceId: number; field: string },
): Promise<RuleUse[]> {
  return findMentioning(db, { workspaceId, member: 'field', value: field });
}

/** Dynamic segments whose rule asks for members of a category. */
export function findUsingCategory(
  db: Db,
  { workspaceId, category }: { workspaceId: number; category: string },
): Promise<RuleUse[]> {
  return findMentioning(db, { workspaceId, member: 'category', value: category });
}

/** Dynamic segments whose rule measures time by the workspace's zone, or by contacts' who may have none. */
export async function findUsingZone(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<RuleUse[]> {
  const uses = [
    ...(await findMentioning(db, { workspaceId, member: 'zone', value: 'workspace' })),
    ...(await findMentioning(db, { workspaceId, member: 'zone', value: 'contact' })),
  ];
  return [...new Map(uses.map((use) => [use.id, use])).values()];
}

/** Dynamic segments whose rule measures amounts of orders without saying in which currency. */
export async function findUsingCurrency(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<RuleUse[]> {
  const rows = await readMentioning(db, { workspaceId, member: 'type', value: 'order' });
  return asUses(rows.filter(({ definition }) => conditionsOf(definition).some(leavesCurrency)));
}

function conditionsOf({ include, exclude }: Definition): BaseCondition[] {
  return [include, ...(exclude ? [exclude] : [])].flatMap((node) => [
    ...leavesOf<BaseCondition>(node),
  ]);
}

function leavesCurrency(condition: BaseCondition): boolean {
  return condition.type === 'order' && !isInOneCurrency(condition as OrderCondition);
}

interface Mention {
  workspaceId: number;
  member: string;
  value: string;
}

type MentioningRow = Omit<RuleUse, 'kind'> & { definition: Definition };

async function findMentioning(db: Db, mention: Mention): Promise<RuleUse[]> {
  return asUses(await readMentioning(db, mention));
}

/** Of a segment whose old rule mentions it too, the newer is told. */
function asUses(rows: MentioningRow[]): RuleUse[] {
  const uses = rows.map(({ id, name, state }) => ({ kind: 'segment' as const, id, name, state }));
  return [...new Map(uses.toReversed().map((use) => [use.id, use])).values()].toReversed();
}

async function readMentioning(
  db: Db,
  { workspaceId, member, value }: Mention,
): Promise<MentioningRow[]> {
  const { rows } = await db.query<MentioningRow>(
    `select s.id, s.name, v.state, v.definition
       from segments s
       join lateral (select definition, state from segment_versions
                      where segment_id = s.id and (version = s.version or ${LATEST})
                      order by version desc) v on strpos(v.definition::text, $2) > 0
      where s.workspace_id = $1 and s.kind = 'dynamic' and s.archived_at is null
      order by s.name, s.id`,
    // As a jsonb is written: a member and its value.
    [workspaceId, `"${member}": ${JSON.stringify(value)}`],
  );
  return rows;
}

const LATEST = `version = (select max(l.version) from segment_versions l where l.segment_id = s.id)`;

/** Event types that rules ask about, with the segments that do. */
export async function findUsedEventTypes(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Map<string, RuleUse[]>> {
  const { rows } = await db.query<Omit<RuleUse, 'kind'> & { event: string }>(
    `select distinct s.id, s.name, v.state, mention ->> 'event' as event
       from segments s
       join segment_versions v on v.segment_id = s.id and (v.version = s.version or v.${LATEST})
      cross join jsonb_path_query(v.definition, '$.** ? (@.type == "event")') as mention
      where s.workspace_id = $1 and s.kind = 'dynamic' and s.archived_at is null
      order by s.name, s.id`,
    [workspaceId],
  );
  return byMention(rows.map(({ event, ...row }) => [event, { kind: 'segment', ...row }]));
}

/** Segments by what their rules mention; a rule that mentions it twice is one of them once. */
function byMention<Key>(found: readonly (readonly [Key, RuleUse])[]): Map<Key, RuleUse[]> {
  const uses = new Map<Key, RuleUse[]>();
  for (const [mention, use] of found) {
    const own = uses.get(mention) ?? [];
    if (!own.some(({ id }) => id === use.id)) own.push(use);
    uses.set(mention, own);
  }
  return uses;
}

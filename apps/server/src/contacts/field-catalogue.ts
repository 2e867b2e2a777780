import type { Db, Tx } from '../db/pool.ts';
import type { InboxItem, Json, JsonObject } from '../inbox/index.ts';
import { inferType, isNoValue, type CustomFieldType, type FieldRule } from './normalize-value.ts';
import { CUSTOM_PREFIX, SYSTEM_FIELDS } from './system-fields.ts';
import type { ValueRules } from './value-rules.ts';

/** Most custom fields that clients may create in a workspace by sending them. */
export const MOST_FIELDS = 1000;

/** Longest key of a custom field. */
const MAX_KEY = 100;

/** Rules of a workspace's custom fields by key (without "custom."). */
export type CustomRules = Map<string, FieldRule & { archived: boolean }>;

/** The rule of any field by its key in the segment language. */
export function ruleOf(custom: CustomRules, field: string): FieldRule | undefined {
  if (field.startsWith(CUSTOM_PREFIX)) {
    const rule = custom.get(field.slice(CUSTOM_PREFIX.length));
    return rule?.archived ? undefined : rule;
  }
  return Object.hasOwn(SYSTEM_FIELDS, field) ? SYSTEM_FIELDS[field] : undefined;
}

/** Why a value that somebody sent has no field to go to. */
export function whyNoField(
  custom: CustomRules,
  { field, value }: { field: string; value: Json },
): string {
  if (!field.startsWith(CUSTOM_PREFIX)) return 'unknown field';
  const key = field.slice(CUSTOM_PREFIX.length);
  if (custom.get(key)?.archived) return 'the field is archived';
  if (key === '') return 'a field needs a name';
  if (key.length > MAX_KEY) return `the name is longer than ${MAX_KEY} characters`;
  if (inferType(value) === undefined) return 'no type of field holds such a value';
  if (custom.size >= MOST_FIELDS) return `the workspace has its ${MOST_FIELDS} fields already`;
  return 'unknown field';
}

export async function readCustomRules(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<CustomRules> {
  const { rows } = await db.query<{
    key: string;
    type: CustomFieldType;
    choices: string[] | null;
    rules: ValueRules;
    archived: boolean;
  }>(
    `select key, type, choices, rules, archived_at is not null as archived
       from fields where workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map(({ key, ...rule }) => [key, rule]));
}

/**
 * Rules of workspaces as a process keeps them. They are read again when the workspace's
 * configuration changed (a field was archived, got other choices), and when an item mentions a
 * field that is not among them: the resolver creates fields without touching the configuration.
 */
export interface FieldCatalogue {
  rules(db: Db, workspaceId: number, fields: Iterable<string>): Promise<CustomRules>;
}

export function createFieldCatalogue(): FieldCatalogue {
  const known = new Map<number, { version: number; rules: CustomRules }>();
  return {
    async rules(db, workspaceId, fields) {
      const keys = customKeys(fields);
      const kept = known.get(workspaceId);
      if (keys.length === 0) return kept?.rules ?? new Map();
      // The version first: rules read after it are never older than it says.
      const version = await readConfigVersion(db, { workspaceId });
      if (kept?.version === version && keys.every((key) => kept.rules.has(key))) return kept.rules;
      const rules = await readCustomRules(db, { workspaceId });
      known.set(workspaceId, { version, rules });
      return rules;
    },
  };
}

function customKeys(fields: Iterable<string>): string[] {
  return [...fields]
    .filter((field) => field.startsWith(CUSTOM_PREFIX))
    .map((field) => field.slice(CUSTOM_PREFIX.length));
}

/** Index workspaces_pkey. */
async function readConfigVersion(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number> {
  const { rows } = await db.query<{ config_version: number }>({
    name: 'read_config_version',
    text: `select config_version from workspaces where id = $1`,
    values: [workspaceId],
  });
  return rows[0]?.config_version ?? 0;
}

/**
 * Creates the custom fields that items mention for the first time, with the type of the first
 * value seen. Only the resolver calls it: it alone knows which value came first.
 */
export async function registerFields(
  tx: Tx,
  { workspaceId, items, now }: { workspaceId: number; items: InboxItem[]; now: Date },
): Promise<void> {
  const seen = firstValues(items);
  if (seen.size === 0) return;
  const existing = await readCustomRules(tx, { workspaceId });
  const fresh = [...seen]
    .filter(([key]) => !existing.has(key))
    .slice(0, Math.max(0, MOST_FIELDS - existing.size));
  if (fresh.length === 0 || !(await createsFields(tx, { workspaceId }))) return;
  await tx.query(
    `insert into fields (workspace_id, key, label, type, source, created_at)
     select $1, key, key, type, source, $5
       from unnest($2::text[], $3::text[], $4::text[]) as row (key, type, source)
         on conflict on constraint fields_key do nothing`,
    [
      workspaceId,
      fresh.map(([key]) => key),
      fresh.map(([, value]) => value.type),
      fresh.map(([, value]) => value.source),
      now,
    ],
  );
}

/** Whether clients may create fields by sending them; the setting's default is yes. */
async function createsFields(tx: Tx, { workspaceId }: { workspaceId: number }): Promise<boolean> {
  const { rows } = await tx.query<{ forbidden: boolean }>(
    `select settings -> 'create_fields' is not distinct from 'false'::jsonb as forbidden
       from workspaces where id = $1`,
    [workspaceId],
  );
  return rows[0]?.forbidden !== true;
}

function firstValues(items: InboxItem[]): Map<string, { type: CustomFieldType; source: string }> {
  const seen = new Map<string, { type: CustomFieldType; source: string }>();
  for (const item of items) {
    const fields: JsonObject | undefined =
      item.kind === 'identify' || item.kind === 'event' ? item.fields : undefined;
    for (const [field, value] of Object.entries(fields ?? {})) {
      const key = customKey(field);
      if (key === undefined || seen.has(key)) continue;
      const type = typeOfFirst(value);
      if (type) seen.set(key, { type, source: item.source });
    }
  }
  return seen;
}

function customKey(field: string): string | undefined {
  if (!field.startsWith(CUSTOM_PREFIX)) return undefined;
  const key = field.slice(CUSTOM_PREFIX.length);
  return key.length > 0 && key.length <= MAX_KEY ? key : undefined;
}

function typeOfFirst(value: Json): CustomFieldType | undefined {
  return isNoValue(value) ? undefined : inferType(value);
}

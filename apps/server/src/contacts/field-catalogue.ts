import type { Db, Tx } from '../db/pool.ts';
import type { InboxItem, Json, JsonObject } from '../inbox/index.ts';
import { inferType, type CustomFieldType, type FieldRule } from './normalize-value.ts';
import { CUSTOM_PREFIX, SYSTEM_FIELDS } from './system-fields.ts';

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

export async function readCustomRules(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<CustomRules> {
  const { rows } = await db.query<{
    key: string;
    type: CustomFieldType;
    choices: string[] | null;
    archived: boolean;
  }>(
    `select key, type, choices, archived_at is not null as archived
       from fields where workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map(({ key, ...rule }) => [key, rule]));
}

/**
 * Rules of workspaces, read again when their number of fields changed: the resolver creates
 * fields, any worker reads them.
 */
export interface FieldCatalogue {
  /** Reads again whatever does not know one of these fields. */
  rules(db: Db, workspaceId: number, fields: Iterable<string>): Promise<CustomRules>;
  forget(workspaceId?: number): void;
}

export function createFieldCatalogue(): FieldCatalogue {
  const known = new Map<number, CustomRules>();
  return {
    async rules(db, workspaceId, fields) {
      const rules = known.get(workspaceId);
      if (rules && knowsAll(rules, fields)) return rules;
      const read = await readCustomRules(db, { workspaceId });
      known.set(workspaceId, read);
      return read;
    },
    forget(workspaceId) {
      if (workspaceId === undefined) known.clear();
      else known.delete(workspaceId);
    },
  };
}

function knowsAll(rules: CustomRules, fields: Iterable<string>): boolean {
  for (const field of fields) {
    if (field.startsWith(CUSTOM_PREFIX) && !rules.has(field.slice(CUSTOM_PREFIX.length)))
      return false;
  }
  return true;
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
  if (fresh.length === 0) return;
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
  const none = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return none ? undefined : inferType(value);
}

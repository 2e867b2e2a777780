import {
  listCustomFields,
  normalizeValue,
  type FieldRow,
  type FieldRule,
} from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import type { Json } from '../../inbox/index.ts';

type Stored =
  { ok: true; field: string; value: Json } | { ok: false; at: ('id' | 'value')[]; reason: string };

/** The custom fields of a workspace, by the numbers that the REST API calls them by. */
export interface RestFields {
  all: readonly FieldRow[];
  byId: ReadonlyMap<number, FieldRow>;
  byKey: ReadonlyMap<string, FieldRow>;
  /** A value as its field stores it, or why not. */
  toStored(id: number, value: Json): Stored;
}

export async function readRestFields(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<RestFields> {
  const all = await listCustomFields(db, { workspaceId, archived: false });
  const byId = new Map(all.map((field) => [field.id, field]));
  return {
    all,
    byId,
    byKey: new Map(all.map((field) => [field.key, field])),
    toStored(id, value) {
      const field = byId.get(id);
      if (!field) return { ok: false, at: ['id'], reason: `there is no field ${id}` };
      const sent = fromRest(field, value);
      const normalized = normalizeValue(ruleOf(field), sent);
      return normalized.ok
        ? { ok: true, field: `custom.${field.key}`, value: sent === '' ? null : sent }
        : {
            ok: false,
            at: ['value'],
            reason: `${normalized.reason} (field ${id}, ${field.label})`,
          };
    },
  };
}

function ruleOf({ type, choices }: FieldRow): FieldRule {
  return { type: type as FieldRule['type'], choices };
}

/** Several choices are one text with commas. */
function fromRest({ type, choices }: FieldRow, value: Json): Json {
  if (type !== 'multiple_choice' || typeof value !== 'string') return value;
  if (choices?.includes(value)) return [value];
  return value
    .split(',')
    .map((choice) => choice.trim())
    .filter((choice) => choice !== '');
}

/** As the REST API writes a value: a text. */
export function toRest({ type }: Pick<FieldRow, 'type'>, value: Json): string {
  if (Array.isArray(value)) return value.map((entry) => toRest({ type: 'text' }, entry)).join(',');
  if (type === 'date_time' && typeof value === 'string') return value.slice(0, 16);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The name of each type of field in the REST API. */
const REST_TYPES: Record<string, string> = {
  text: 'TEXTFIELD',
  long_text: 'TEXTAREA',
  integer: 'NUMBER',
  decimal: 'DECIMAL',
  boolean: 'COMBOBOX',
  date: 'DATE',
  date_time: 'DATETIME',
  choice: 'COMBOBOX',
  multiple_choice: 'CHECKBOXLIST',
};

/** What the REST API calls an address book: the groups of fields. */
export function addressBookOf(workspace: { id: number }, fields: readonly FieldRow[]): object {
  const groups = Map.groupBy(fields, ({ group }) => group ?? 'Personal');
  return {
    addressBookId: workspace.id,
    name: 'Main',
    fieldGroups: [...groups].map(([name, some]) => ({
      name,
      profileKey: profileKeyOf(name),
      fields: some.map(describeField),
    })),
  };
}

/** Personalisation knows a field as `%GROUP.FIELD%`. */
function profileKeyOf(name: string): string {
  return name
    .trim()
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_');
}

function describeField({ id, label, key, type, choices }: FieldRow): object {
  const possible = type === 'boolean' ? ['true', 'false'] : choices;
  return {
    id,
    name: label,
    fieldKey: key,
    description: {
      type: REST_TYPES[type] ?? 'TEXTFIELD',
      required: false,
      readonly: false,
      ...(possible && { allowedValues: { possibleValues: possible } }),
    },
  };
}

import { CONTACT_SORTS, type ContactSort } from '@perennial/contracts';
import type { Json } from '../inbox/index.ts';
import type { ContactRow } from './contact-row.ts';
import type { CustomRules } from './field-catalogue.ts';
import type { Put } from './filter/statement.ts';
import { ruleOf } from './field-catalogue.ts';
import { indexedValues } from './field-index/indexed-values.ts';
import { CUSTOM_PREFIX } from './system-fields.ts';

export interface Order {
  by: ContactSort | CustomSort;
  descending: boolean;
}

/** A custom field, by its key as conditions name it. */
interface CustomSort {
  field: string;
  type: 'text' | 'numeric';
  /** The index of its values is built. */
  indexed: boolean;
}

/** How a list is sorted by a value: contacts without one come last, newest first. */
export interface Sorting {
  expression: (put: Put) => string;
  type: 'text' | 'timestamptz' | 'numeric';
  valueOf: (row: ContactRow) => string | null;
  up: Direction;
  down: Direction;
}

interface Direction {
  /** Sorts, and so names the order. */
  first: string;
  beyond: string;
  atOrBeyond: string;
}

/** Texts are compared by bytes, as their indexes are. */
const text = {
  type: 'text',
  up: { first: '~<~', beyond: '~>~', atOrBeyond: '~>=~' },
  down: { first: '~>~', beyond: '~<~', atOrBeyond: '~<=~' },
} as const;
const plain = {
  up: { first: '<', beyond: '>', atOrBeyond: '>=' },
  down: { first: '>', beyond: '<', atOrBeyond: '<=' },
} as const;
const time = { ...plain, type: 'timestamptz' } as const;

const SORTINGS: Record<Exclude<ContactSort, 'created_at'>, Sorting> = {
  email: { ...text, expression: () => 'email', valueOf: (row) => row.email },
  external_id: { ...text, expression: () => 'external_id', valueOf: (row) => row.external_id },
  name: { ...text, expression: () => 'name_key', valueOf: (row) => row.name_key },
  last_seen_at: {
    ...time,
    expression: () => 'last_seen_at',
    valueOf: (row) => row.last_seen_at?.toISOString() ?? null,
  },
  updated_at: {
    ...time,
    expression: () => 'updated_at',
    valueOf: (row) => row.updated_at.toISOString(),
  },
};

/** Undefined: by the ID, which is the order of creation. */
export function sortingOf({ by }: Order): Sorting | undefined {
  if (by === 'created_at') return undefined;
  return typeof by === 'string' ? SORTINGS[by] : ofField(by);
}

function ofField({ field, type, indexed }: CustomSort): Sorting {
  const valueOf = (row: ContactRow): string | null =>
    indexed ? (indexedValues(row.fields[field])[0]?.value ?? null) : sortText(row.fields[field]);
  if (type === 'text') {
    return { ...text, valueOf, expression: (put) => `(fields ->> ${put(field, 'text')})` };
  }
  return {
    ...plain,
    type,
    valueOf,
    expression: (put) => {
      const value = `(fields -> ${put(field, 'text')})`;
      return `(case when jsonb_typeof${value} = 'number' then ${value}::numeric end)`;
    },
  };
}

function sortText(value: Json | undefined): string | null {
  return value === undefined || value === null
    ? null
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}

/** The order that a text like `-custom.plan` names; undefined for what cannot be sorted by. */
export function parseOrder(
  sort: string,
  { rules, isIndexed }: { rules: CustomRules; isIndexed: (field: string) => boolean },
): Order | undefined {
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  if (isSystemSort(name)) return { by: name, descending };
  const rule = name.startsWith(CUSTOM_PREFIX) ? ruleOf(rules, name) : undefined;
  if (!rule || rule.type === 'multiple_choice' || rule.type === 'long_text') return undefined;
  const type = rule.type === 'integer' || rule.type === 'decimal' ? 'numeric' : 'text';
  return { by: { field: name, type, indexed: isIndexed(name) }, descending };
}

function isSystemSort(name: string): name is ContactSort {
  return (CONTACT_SORTS as readonly string[]).includes(name);
}

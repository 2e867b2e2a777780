import {
  compileSql,
  contactConditions,
  lowerCase,
  NotInSql,
  operators,
  readText,
  SUBJECT_OF_FIELD,
  type FieldCatalogue,
  type FieldCondition,
  type Json,
  type Node,
  type OperatorName,
  type SqlSubject,
} from '@perennial/conditions';
import { knownZones } from '../filter/known-zones.ts';
import type { Put } from '../filter/statement.ts';
import { TOO_LONG } from './indexed-values.ts';
import { isIndexable } from './is-indexable.ts';

export interface NarrowContext {
  workspaceId: number;
  workspaceZone: string;
  now: Date;
  fields: FieldCatalogue;
  isIndexed: (field: string) => boolean;
}

/** Writes a query for `contact_id`: of all for whom the filter holds, and perhaps of more. */
export type Narrowing = (put: Put) => string;

/** Each way in which the indexes of fields narrow a filter down; none where they cannot. */
export function narrowingsOf(node: Node, context: NarrowContext): Narrowing[] {
  if ('not' in node) return [];
  if ('all' in node) return node.all.flatMap((part) => narrowingsOf(part, context));
  if ('any' in node) {
    const parts = node.any.map((part) => narrowingsOf(part, context)[0]);
    return parts.length > 0 && parts.every((part) => part !== undefined) ? [joined(parts)] : [];
  }
  const byId = idsOf(node);
  if (byId) return [byId];
  if (!isNarrowing(node) || !context.isIndexed(node.field)) return [];
  return ofCondition(node, context) ?? [];
}

/** Fields of which an index would narrow the filter down. */
export function fieldsToIndex(node: Node, context: NarrowContext): string[] {
  if (narrowingsOf(node, context).length > 0 || 'not' in node) return [];
  const isWhole = (part: Node): boolean =>
    narrowingsOf(part, { ...context, isIndexed: () => true }).length > 0;
  if ('all' in node) return node.all.flatMap((part) => fieldsToIndex(part, context));
  if ('any' in node) {
    return node.any.every(isWhole) ? node.any.flatMap((part) => fieldsToIndex(part, context)) : [];
  }
  return isNarrowing(node) && isWhole(node) ? [node.field] : [];
}

/** Operators that hold for few contacts as a rule, and of which the index knows enough. */
const NARROWING: ReadonlySet<OperatorName> = new Set([
  'equals',
  'one_of',
  'starts_with',
  'ends_with',
  'contains',
  'greater',
  'greater_or_equal',
  'less',
  'less_or_equal',
  'between',
  'before',
  'after',
  'on',
  'in',
  'has_any',
  'has_all',
  'is_set',
] satisfies (keyof typeof operators)[]);

function isNarrowing(node: Node): node is FieldCondition {
  return (
    'type' in node &&
    node.type === 'field' &&
    isIndexable((node as FieldCondition).field) &&
    NARROWING.has((node as FieldCondition).op)
  );
}

/** A condition on the ID of contacts says itself who they are. */
function idsOf(node: Node): Narrowing | undefined {
  const { type, field, op, value } = node as Partial<FieldCondition>;
  if (type !== 'field' || field !== 'id' || (op !== 'equals' && op !== 'one_of')) return undefined;
  const ids = [value].flat().filter((id) => /^[1-9]\d{0,14}$/.test(readText(id) ?? ''));
  return (put) => `select unnest(${put(ids, 'bigint[]')}) as contact_id`;
}

function joined(parts: Narrowing[]): Narrowing {
  return (put) => parts.map((part) => part(put)).join('\nunion all\n');
}

/** Undefined: what the condition compares with is not the same for all contacts. */
function ofCondition(condition: FieldCondition, context: NarrowContext): [Narrowing] | undefined {
  const write: Narrowing = (put) => {
    const { workspaceId } = context;
    const query = (rest: string): string =>
      `select v.contact_id from field_values v
        where v.workspace_id = ${put(workspaceId)} and v.field = ${put(condition.field, 'text')} and ${rest}`;
    const { test, mayBeTooLong } = testOf(condition, context, put);
    return mayBeTooLong
      ? `${query(test)}\nunion all\n${query(`v.value = '${TOO_LONG}'`)}`
      : query(test);
  };
  try {
    // What cannot be asked of the index is told before it is asked.
    write(() => '');
  } catch (error) {
    if (error instanceof NotInSql) return undefined;
    throw error;
  }
  return [write];
}

function testOf(
  condition: FieldCondition,
  context: NarrowContext,
  put: Put,
): { test: string; mayBeTooLong: boolean } {
  const { field, op, value } = condition;
  const type = SUBJECT_OF_FIELD[context.fields(field)!.type];
  if (op === 'is_set') return { test: 'true', mayBeTooLong: false };
  if (op === 'starts_with') return { test: beginsWith(value as string, put), mayBeTooLong: true };
  if (type === 'boolean') {
    return { test: `v.value = ${put(readText(value), 'text')}`, mayBeTooLong: false };
  }
  if (type === 'list') return { test: hasSome(value as Json[], put), mayBeTooLong: true };
  return { test: compared(condition, context, put), mayBeTooLong: type === 'text' };
}

/** Compared by bytes: nothing that begins so comes after the last code point. */
function beginsWith(beginning: string, put: Put): string {
  const from = lowerCase(beginning);
  return `v.value >= ${put(from, 'text')} and v.value < ${put(`${from}\u{10ffff}`, 'text')}`;
}

/** One element is enough to ask the card. */
function hasSome(elements: Json[], put: Put): string {
  const texts = elements.map((element) => lowerCase(readText(element) ?? ''));
  return `v.value = any(${put(texts, 'text[]')})`;
}

/** The condition itself, of the index's value; that stands in lower case, so all is compared so. */
function compared(condition: FieldCondition, context: NarrowContext, put: Put): string {
  const { ignore_case: _ignoreCase, ...leaf } = condition;
  const subject = subjectOf(context.fields(condition.field)!.type);
  return compileSql(leaf, {
    fields: context.fields,
    types: contactConditions,
    sql: {
      put: (value, type) => put(folded(value), type),
      now: context.now.getTime(),
      workspaceZone: context.workspaceZone,
      zones: knownZones,
      sources: {
        field: () => subject,
        get contactZone(): string {
          throw new NotInSql('The index of a field knows no zone of a contact.');
        },
      },
    },
  });
}

function subjectOf(type: NonNullable<ReturnType<FieldCatalogue>>['type']): SqlSubject {
  switch (SUBJECT_OF_FIELD[type]) {
    case 'number':
      return { type: 'number', expression: 'v.number' };
    case 'moment':
      return { type: 'moment', form: type === 'date' ? 'day' : 'iso', expression: 'v.value' };
    default:
      return { type: 'text', expression: 'v.value' };
  }
}

function folded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(folded);
  return typeof value === 'string' ? lowerCase(value) : value;
}

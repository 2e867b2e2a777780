import { operators, positiveOf, type Json, type OperatorName } from '@perennial/conditions';
import type { FilterNode } from './filter.ts';
import { operatorsOf, type Subject, type SubjectType } from './subjects.ts';

/** A condition while it is being made. Values are texts as they are typed. */
export interface Draft {
  subject: string;
  op: OperatorName;
  /** Of a list, category or channel: whether it is wanted or not. */
  negated: boolean;
  value: string;
  second: string;
  values: string[];
  period: { kind: 'last' | 'longer_ago' | 'next'; n: string; unit: string };
}

const EMPTY: Draft = {
  subject: '',
  op: 'equals',
  negated: false,
  value: '',
  second: '',
  values: [],
  period: { kind: 'last', n: '30', unit: 'day' },
};

/** A new condition about this. */
export function draftOf(subject: Subject): Draft {
  const draft = { ...EMPTY, subject: subject.key };
  if (subject.type === 'channel') return { ...draft, value: 'subscribed' };
  if (subject.type === 'segment' || subject.type === 'category') return draft;
  return { ...draft, op: firstOperator(subject, subject.type), value: start(subject.type) };
}

function firstOperator({ choices }: Subject, type: SubjectType): OperatorName {
  if (type === 'list') return 'has_any';
  if (type === 'moment') return 'in';
  return choices && type === 'text' ? 'one_of' : operatorsOf(type)[0]!;
}

function start(type: SubjectType): string {
  return type === 'boolean' ? 'true' : '';
}

/** How an operator's value is given. */
export type Input = 'none' | 'one' | 'two' | 'many' | 'period';

export function inputOf(op: OperatorName): Input {
  const positive = positiveOf(operators[op]);
  if (positive.operand === 'none') return 'none';
  if (positive.operand === 'period') return 'period';
  if (positive.list) return 'many';
  return op === 'between' ? 'two' : 'one';
}

/** The condition that a draft means; undefined while something is missing. */
export function conditionOf(draft: Draft, subject: Subject): FilterNode | undefined {
  const plain = plainOf(draft, subject);
  return plain && draft.negated ? { not: plain } : plain;
}

function plainOf(draft: Draft, { key, type }: Subject): FilterNode | undefined {
  const { value } = draft;
  if (type === 'segment') return value === '' ? undefined : { type, segment: value };
  if (type === 'category') return value === '' ? undefined : { type, category: value };
  const name = key.slice(key.indexOf(':') + 1);
  if (type === 'channel') return { type, channel: name, state: value };
  const operand = operandOf(draft, type);
  return operand && { type: 'field', field: name, op: draft.op, ...operand };
}

function operandOf(draft: Draft, type: SubjectType): FilterNode | undefined {
  const { op, value, second, values, period } = draft;
  const zone: FilterNode = type === 'moment' ? { zone: 'workspace' } : {};
  const input = inputOf(op);
  if (input === 'none') return {};
  if (input === 'period') {
    const n = Number(period.n);
    if (!Number.isInteger(n) || n < 1) return undefined;
    return { period: { kind: period.kind, n, unit: period.unit } };
  }
  if (input === 'many') {
    const list = values.map((each) => typed(each, type));
    return list.length === 0 || list.includes(undefined) ? undefined : { value: list as Json[] };
  }
  const first = typed(value, type);
  if (input === 'one') return first === undefined ? undefined : { value: first, ...zone };
  const last = typed(second, type);
  if (first === undefined || last === undefined) return undefined;
  return { value: [first, type === 'moment' ? dayAfter(second) : last], ...zone };
}

function typed(text: string, type: SubjectType): Json | undefined {
  if (type === 'boolean') return text === 'true';
  if (text.trim() === '') return undefined;
  if (type !== 'number') return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** People mean the last day with it; the language leaves the end out. */
function dayAfter(day: string): string {
  return shift(day, 1);
}

function shift(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

/** The draft of a condition that stands in a filter; undefined for what the form cannot show. */
export function draftFrom(node: FilterNode, subjects: readonly Subject[]): Draft | undefined {
  const negated = 'not' in node;
  const plain = (negated ? node['not'] : node) as FilterNode;
  const subject = subjects.find(({ key }) => key === keyOf(plain));
  if (!subject) return undefined;
  const draft = { ...draftOf(subject), negated };
  if (subject.type === 'segment') return { ...draft, value: text(plain['segment']) };
  if (subject.type === 'category') return { ...draft, value: text(plain['category']) };
  if (subject.type === 'channel') return { ...draft, value: text(plain['state']) };
  return { ...draft, op: plain['op'] as OperatorName, ...operandFrom(plain, subject.type) };
}

function keyOf(node: FilterNode): string {
  if (node['type'] === 'field') return `field:${text(node['field'])}`;
  return node['type'] === 'channel' ? `channel:${text(node['channel'])}` : text(node['type']);
}

function operandFrom(node: FilterNode, type: SubjectType): Partial<Draft> {
  const { value, period } = node as { value?: Json; period?: Json };
  if (period) {
    const { kind, n, unit } = period as { kind: Draft['period']['kind']; n: Json; unit: Json };
    return { period: { kind, n: text(n), unit: text(unit) } };
  }
  if (!Array.isArray(value)) return { value: text(value) };
  if (node['op'] !== 'between') return { values: (value as Json[]).map(text) };
  const [first, last] = (value as Json[]).map(text);
  return { value: first ?? '', second: type === 'moment' ? shift(last ?? '', -1) : (last ?? '') };
}

function text(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

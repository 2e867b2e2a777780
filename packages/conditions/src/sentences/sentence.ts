import {
  type AnyConditionTypes,
  type BaseCondition,
  type Node,
  typeOf,
} from '../conditions/condition-type.ts';
import { workflowConditions } from '../conditions/index.ts';
import { type Definition, isDefinition } from '../definition.ts';
import type { Json } from '../json.ts';
import { isReference } from '../predicates/reference.ts';
import type { MessageValues, Write } from './write.ts';
import { type LeafWords, exceptSentence, treeSentence } from './tree-sentence.ts';

/** How sentences are written for one reader. */
export interface SentenceOptions {
  /**
   * Formats a message of the reader's catalogue (in English: of `englishMessages`), with ICU
   * `plural`, `select` and `number`.
   */
  readonly format: (key: string, values: MessageValues) => string;
  /** What the workspace calls its fields, event types and parameters; their names otherwise. */
  readonly names?: {
    readonly field?: (name: string) => string;
    readonly event?: (type: string) => string;
    readonly param?: (path: string) => string;
    readonly segment?: (id: string) => string;
    readonly category?: (key: string) => string;
    readonly channel?: (name: string) => string;
    readonly workflow?: (id: string) => string;
    readonly message?: (id: string) => string;
    readonly campaign?: (id: string) => string;
    /** A day or an instant as the reader writes it; as the condition writes it otherwise. */
    readonly moment?: (value: string | number) => string;
  };
  readonly types?: AnyConditionTypes;
}

/**
 * A checked definition or node in words, as of a contact: "did Strength at least twice in the last
 * 30 days".
 */
export function sentence(rule: Definition | Node, options: SentenceOptions): string {
  const write = createWrite(options);
  const types = options.types ?? workflowConditions;
  const words = wordsOf(types, write);
  if (!isDefinition(rule)) return treeSentence<BaseCondition>(rule, write, words);
  if (!rule.exclude) return treeSentence<BaseCondition>(rule.include, write, words);
  return exceptSentence<BaseCondition>(rule.include, rule.exclude, write, words);
}

function wordsOf(types: AnyConditionTypes, write: Write): LeafWords<BaseCondition> {
  return {
    say: (condition) => typeOf(condition, types).sentence(condition, write),
    deny: (condition) => typeOf(condition, types).denial?.(condition, write),
    several(conditions, which) {
      const [first] = conditions;
      if (!first || conditions.some(({ type }) => type !== first.type)) return undefined;
      return typeOf(first, types).several?.(conditions, which, write);
    },
  };
}

function createWrite({ format, names = {} }: SentenceOptions): Write {
  const message = (key: string, values: MessageValues = {}) => format(key, values);
  const join = (key: string) => (parts: readonly string[]) =>
    parts.reduce((left, right) => message(key, { left, right }));
  const listed = join('value.list');
  const enumerated = (key: string) => (parts: readonly string[]) =>
    parts.length < 3
      ? join(key)(parts)
      : join(key)([listed(parts.slice(0, -1)), parts.at(-1) as string]);
  const value = (json: Json | undefined): string => {
    if (isReference(json)) return message('value.reference', { path: json.$event });
    if (Array.isArray(json)) return listed((json as Json[]).map(value));
    if (typeof json === 'number') return message('value.number', { number: json });
    if (typeof json === 'boolean') return message('value.boolean', { value: String(json) });
    return message('value.text', { text: typeof json === 'string' ? json : JSON.stringify(json) });
  };
  return {
    message,
    field: names.field ?? ((name) => name),
    event: names.event ?? ((type) => type),
    param: names.param ?? ((path) => path),
    segment: names.segment ?? ((id) => message('segment.unnamed', { id })),
    category: names.category ?? ((key) => key),
    name: (kind, id) => names[kind]?.(id) ?? message(`${kind}.unnamed`, { id }),
    channel: names.channel ?? ((name) => name.replaceAll('_', ' ')),
    value,
    moment: names.moment ?? ((moment) => String(moment)),
    zone: (zone) => zoneWords(zone, message),
    all: enumerated('node.all'),
    any: enumerated('node.any'),
  };
}

function zoneWords(zone: string | undefined, message: Write['message']): string {
  if (zone === undefined || zone === 'UTC') return '';
  if (zone === 'workspace' || zone === 'contact') return message(`zone.${zone}`);
  return message('zone.named', { zone });
}

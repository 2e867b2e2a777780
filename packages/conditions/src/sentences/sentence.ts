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
import { treeSentence } from './tree-sentence.ts';

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
  const say = (node: Node) =>
    treeSentence<BaseCondition>(node, write, (condition) =>
      typeOf(condition, types).sentence(condition, write),
    );
  if (!isDefinition(rule)) return say(rule);
  if (!rule.exclude) return say(rule.include);
  return write.message('definition', { include: say(rule.include), exclude: say(rule.exclude) });
}

function createWrite({ format, names = {} }: SentenceOptions): Write {
  const message = (key: string, values: MessageValues = {}) => format(key, values);
  const join = (key: string) => (parts: readonly string[]) =>
    parts.reduce((left, right) => message(key, { left, right }));
  const listed = join('value.list');
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
    all: join('node.all'),
    any: join('node.any'),
  };
}

function zoneWords(zone: string | undefined, message: Write['message']): string {
  if (zone === undefined || zone === 'UTC') return '';
  if (zone === 'workspace' || zone === 'contact') return message(`zone.${zone}`);
  return message('zone.named', { zone });
}

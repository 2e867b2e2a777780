import {
  fieldCatalogue,
  parsePath,
  segmentConditions,
  type CheckOptions,
  type FieldType,
  type Json,
} from '@perennial/conditions';
import type { SegmentVocabulary } from '@perennial/contracts';
import type { Choice, Subject, ValueKind } from './subject.ts';

/** A field of the contact, with the shelf on which it stands. */
export interface FieldSubject extends Subject {
  /** Null for the fields that every contact has. */
  readonly group: string | null;
  readonly isCustom: boolean;
}

/** What a contact can do, and with which parameters it was done so far. */
export interface EventSubject extends Choice {
  readonly category: string;
  readonly params: readonly Subject[];
}

export interface ChannelChoice extends Choice {
  readonly states: readonly string[];
}

export interface SegmentChoice extends Choice {
  readonly kind: 'list' | 'dynamic';
}

export interface MessageChoice extends Choice {
  readonly channel: string;
}

/** What conditions of a workflow can ask besides: of the run that comes to them. */
export interface RunVocabulary {
  /** Parameters of what started it. */
  readonly params: readonly Subject[];
  /** Results of blocks that it has passed. */
  readonly results: readonly Subject[];
  /** Blocks by which it was sent something. */
  readonly senders: readonly Choice[];
}

/** Everything that conditions can name in a workspace, by the names that people gave it. */
export interface Vocabulary {
  readonly fields: readonly FieldSubject[];
  readonly events: readonly EventSubject[];
  readonly channels: readonly ChannelChoice[];
  readonly categories: readonly Choice[];
  readonly segments: readonly SegmentChoice[];
  readonly workflows: readonly Choice[];
  readonly messages: readonly MessageChoice[];
  readonly tags: readonly Choice[];
  readonly apps: readonly Choice[];
  readonly timeZone: string;
  /** The workspace's, by ISO 4217. */
  readonly currency: string;
  /** What `checkDefinition` has to know. */
  readonly check: CheckOptions;
  /** In a workflow only. */
  readonly run?: RunVocabulary | undefined;
}

/** How names and values are said that no person of the workspace gave. */
export interface VocabularyWords {
  readonly channel: (key: string) => string;
  readonly value: (field: string, value: string) => string;
}

export function vocabularyOf(given: SegmentVocabulary, say: VocabularyWords): Vocabulary {
  const named = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
  return {
    fields: given.fields.map((field) => fieldSubject(field, say)),
    events: given.event_types.map(({ key, name, category, params }) => ({
      value: key,
      label: name || key,
      category,
      params: params.map(paramSubject),
    })),
    channels: given.channels.map(({ key, states }) => ({
      value: key,
      label: say.channel(key),
      states,
    })),
    categories: given.categories.map(({ key, name }) => ({ value: key, label: name })),
    segments: given.segments.map((segment) => ({ ...named(segment), kind: segment.kind })),
    workflows: given.workflows.map(named),
    messages: given.messages.map((message) => ({ ...named(message), channel: message.channel })),
    tags: given.tags.map((tag) => ({ value: tag, label: tag })),
    apps: given.apps.map(({ key, name }) => ({ value: key, label: name })),
    timeZone: given.time_zone,
    currency: given.currency,
    check: checkOptionsOf(given),
  };
}

const KIND_OF_FIELD: Readonly<Record<string, ValueKind>> = {
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'moment',
  date_time: 'moment',
  multiple_choice: 'list',
};

type GivenField = SegmentVocabulary['fields'][number];

function fieldSubject(
  { field, name, type, choices, group }: GivenField,
  say: VocabularyWords,
): FieldSubject {
  const isCustom = field.startsWith('custom.');
  return {
    key: field,
    label: name,
    kind: KIND_OF_FIELD[type] ?? 'text',
    group,
    isCustom,
    choices: choices?.length
      ? choices.map((value) => ({ value, label: isCustom ? value : say.value(field, value) }))
      : undefined,
  };
}

type GivenParam = SegmentVocabulary['event_types'][number]['params'][number];

function paramSubject({ path, types, examples }: GivenParam): Subject {
  return {
    key: path,
    label: path,
    kind: kindOfTypes(types, examples),
    anyKind: true,
    seen: examples,
  };
}

/** What the values of a parameter were so far; of texts that are days, moments. */
function kindOfTypes(types: readonly string[], examples: readonly Json[]): ValueKind {
  const others = types.filter((type) => type !== 'null');
  if (others.some((type) => type === 'array')) return 'list';
  if (others.length > 0 && others.every((type) => type === 'number' || type === 'integer')) {
    return 'number';
  }
  if (others.length > 0 && others.every((type) => type === 'boolean')) return 'boolean';
  const areDays = examples.length > 0 && examples.every(looksLikeMoment);
  return areDays ? 'moment' : 'text';
}

function looksLikeMoment(value: Json): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d(T\d\d:\d\d|$)/.test(value);
}

function checkOptionsOf(given: SegmentVocabulary): CheckOptions {
  const custom = given.fields.flatMap(({ field, type }): [string, FieldType][] =>
    field.startsWith('custom.') ? [[field.slice('custom.'.length), type as FieldType]] : [],
  );
  const has = (keys: readonly string[]) => {
    const known = new Set(keys);
    return (key: string) => known.has(key);
  };
  return {
    types: segmentConditions,
    fields: fieldCatalogue(new Map(custom)),
    segments: has(given.segments.map(({ id }) => id)),
    categories: has(given.categories.map(({ key }) => key)),
    channels: has(given.channels.map(({ key }) => key)),
    workflows: has(given.workflows.map(({ id }) => id)),
  };
}

/** A parameter of an event, also one that was never seen. */
export function paramOf(event: EventSubject | undefined, path: string): Subject {
  return (
    event?.params.find(({ key }) => key === path) ?? {
      key: path,
      label: path,
      kind: 'text',
      anyKind: true,
    }
  );
}

/** True for what can be a path into an event. */
export function isPath(text: string): boolean {
  return parsePath(text).ok;
}

/** What something is called; what there is no more by its key. */
export function labelOf(choices: readonly Choice[], value: string): string {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}

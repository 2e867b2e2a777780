import {
  parseWorkflow,
  type Start,
  type StartOf,
  type StartType,
  type Stop,
  type StopOf,
  type StopType,
  type Unique,
  type WorkflowDefinition,
} from '@perennial/blocks';
import {
  compileWhere,
  pathOf,
  valuesAt,
  type EventContent,
  type EventTest,
} from '@perennial/conditions';
import type { Json } from '../inbox/index.ts';
import { factOf, ORDER_FACTS } from '../orders/index.ts';
import { waitsOf, type CompiledWait } from './compile-waits.ts';

/** A published version, ready to run. Never changes, so it is compiled once in a process. */
export interface CompiledVersion {
  readonly workflowId: number;
  readonly version: number;
  readonly definition: WorkflowDefinition;
  /** The version starts by a fact. */
  readonly factStart: CompiledStart | undefined;
  readonly eventStops: readonly CompiledEventStop[];
  /** What its `wait_for` blocks listen to. */
  readonly waits: readonly CompiledWait[];
  /** Segments whose members neither start nor go on. */
  readonly segmentStops: readonly number[];
  /** Some setting reads the tracking context, so runs must keep it. */
  readonly readsContext: boolean;
  /** The key under which a fact acts on this version's runs. */
  readonly keyOf: (trigger: EventContent) => string;
}

/** What the starts by facts have in common. */
interface StartByFact {
  /** Type of the fact. */
  readonly event: string;
  /** Another type that may say the same. */
  readonly orEvent?: string;
  readonly passes: EventTest;
}

/** By an event of the contact. */
export interface CompiledEventStart extends StartByFact {
  readonly type: 'event';
  /** Only its members start. */
  readonly segment: number | undefined;
  readonly unique: Unique;
  readonly maxAge: StartOf<'event'>['max_age'];
}

/** By entering a segment. */
export interface CompiledEntryStart extends StartByFact {
  readonly type: 'segment';
  readonly segment: number;
}

/** By an event, which may be nobody's, for every contact that is in the segment by its values. */
export interface CompiledEventSegmentStart extends StartByFact {
  readonly type: 'event_segment';
  readonly segment: number;
  readonly unique: Unique;
  readonly maxAge: StartOf<'event_segment'>['max_age'];
}

/** By a change of a field; facts are put into the form that `changeOf` gives before `passes`. */
export interface CompiledFieldStart extends StartByFact {
  readonly type: 'field_change';
  readonly field: string;
}

export type CompiledStart =
  CompiledEventStart | CompiledEntryStart | CompiledEventSegmentStart | CompiledFieldStart;

export interface CompiledEventStop {
  readonly event: string;
  readonly sameKey: boolean;
  readonly lookback: StopOf<'event'>['lookback'];
  readonly passes: EventTest;
  /** What runs that it ends are told. */
  readonly reason: string;
}

/**
 * Compiles a definition that was checked when it was published. Undefined if it does not parse all
 * the same (another release wrote it): then its workflow rests, and nothing else does.
 */
export function compileVersion({
  workflowId,
  version,
  definition: json,
}: {
  workflowId: number;
  version: number;
  definition: unknown;
}): CompiledVersion | undefined {
  const parsed = parseWorkflow(json);
  if (!parsed.ok) return undefined;
  const { definition } = parsed;
  return {
    workflowId,
    version,
    definition,
    factStart: compileStart(definition.start),
    eventStops: definition.stop.flatMap(compileStop),
    waits: Object.entries(definition.blocks).flatMap(([id, block]) =>
      block.type === 'wait_for' ? waitsOf(id, block.settings) : [],
    ),
    segmentStops: definition.stop.flatMap((stop) =>
      stop.type === 'segment' ? [Number(stop.segment)] : [],
    ),
    readsContext: JSON.stringify(definition.blocks).includes('"$context'),
    keyOf: keyReader('key' in definition.start ? definition.start.key : undefined),
  };
}

const startCompilers: {
  readonly [Type in StartType]: (start: StartOf<Type>) => CompiledStart | undefined;
} = {
  event: ({ type, event, segment, unique, max_age: maxAge, where }) => ({
    type,
    event,
    segment: segment === undefined ? undefined : Number(segment),
    unique,
    maxAge,
    passes: testOf(where),
  }),
  segment: ({ type, segment, mode }) =>
    mode === 'regular'
      ? undefined
      : {
          type,
          event: 'SegmentEntered',
          segment: Number(segment),
          passes: ({ key }) => key === segment,
        },
  field_change: (start) => ({
    type: start.type,
    event: 'FieldChanged',
    // What a contact was created with is a change from nothing.
    orEvent: 'ContactCreated',
    field: start.field,
    passes: fieldTest(start),
  }),
  date: () => undefined,
  event_segment: ({ type, event, segment, unique, max_age: maxAge, where }) => ({
    type,
    event,
    segment: Number(segment),
    unique,
    maxAge,
    passes: testOf(where),
  }),
  manual: () => undefined,
};

function compileStart(start: Start): CompiledStart | undefined {
  return startCompilers[start.type](start as never);
}

const stopCompilers: {
  readonly [Type in StopType]: (stop: StopOf<Type>) => CompiledEventStop[];
} = {
  event: ({ event, same_key: sameKey, lookback, where }) => [
    { event, sameKey, lookback, passes: testOf(where), reason: `stop event ${event}` },
  ],
  // Entering a segment is an event like any other: the fact bears the segment's ID as its key.
  segment: ({ segment }) => [
    {
      event: 'SegmentEntered',
      sameKey: false,
      lookback: undefined,
      passes: ({ key }) => key === segment,
      reason: `stop segment ${segment}`,
    },
  ],
  order: ({ lookback, where }) =>
    orderFacts(where).map((event) => ({
      event,
      sameKey: false,
      lookback,
      passes: orderTest(where),
      reason: 'stop order',
    })),
};

function compileStop(stop: Stop): CompiledEventStop[] {
  return stopCompilers[stop.type](stop as never);
}

/** A cart is no order yet, and a cancelled one is none any more: who means them asks for the status. */
const PLACED = ['INITIALIZED', 'IN_PROGRESS', 'DELIVERED'] as const;

function orderFacts(where: StopOf<'order'>['where']): string[] {
  return JSON.stringify(where ?? null).includes('"status"') ? ORDER_FACTS : PLACED.map(factOf);
}

/** Orders by the names that conditions have for their members, and by those of the fact. */
function orderTest(where: StopOf<'order'>['where']): EventTest {
  if (where === undefined) return () => true;
  const passes = compileWhere(where);
  return (content, clock) => {
    const { externalOrderId: id, totalCost: total } = content.params;
    const named = {
      ...content.params,
      ...(id !== undefined && { id }),
      ...(total !== undefined && { total }),
    };
    return passes({ ...content, params: named }, clock);
  };
}

/** Facts that are nobody's doing outside: by hand, by workflows, by the program itself. */
const INSIDE: ReadonlySet<string> = new Set(['manual', 'workflow', 'system']);

/** About a change in the form `{field, from, to}` and where it came from. */
export function fieldTest({ from, to, any_source: anySource }: StartOf<'field_change'>): EventTest {
  const was = valueTest(from);
  const is = valueTest(to);
  return ({ params, source }, clock) => {
    if (!anySource && INSIDE.has(source ?? '')) return false;
    return (
      was((params['from'] ?? null) as Json, clock) && is((params['to'] ?? null) as Json, clock)
    );
  };
}

/** Compared as `equals`; null is no value, undefined is any. */
function valueTest(
  wanted: Json | undefined,
): (value: Json, clock: Parameters<EventTest>[1]) => boolean {
  if (wanted === undefined) return () => true;
  if (wanted === null) return (value) => value === null;
  if (typeof wanted === 'object') {
    return (value) => JSON.stringify(value) === JSON.stringify(wanted);
  }
  const equals = compileWhere({ param: 'value', op: 'equals', value: wanted });
  return (value, clock) => equals({ params: { value } }, clock);
}

function testOf(where: StartOf<'event'>['where']): EventTest {
  return where === undefined ? () => true : compileWhere(where);
}

/** The path the start names, else the event's own key, else the empty one. */
function keyReader(text: string | undefined): (trigger: EventContent) => string {
  if (text === undefined) return (trigger) => trigger.key ?? '';
  const path = pathOf(text);
  return (trigger) => {
    const value = valuesAt(path, trigger)[0];
    return value === undefined || value === null ? (trigger.key ?? '') : keyText(value as Json);
  };
}

/** Keys are compared as texts, so that 7 and "7" are one order. */
function keyText(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.slice(0, 1_000);
}

import {
  ALL_FACTS,
  condensedKeyOf,
  condensedQuestionOf,
  enoughForAll,
  enoughOf,
  leavesOf,
  requirements,
  type AnyConditionTypes,
  type BaseCondition,
  type CondensedQuestion,
  type Definition,
  type Enough,
  type Measured,
  type Node,
  type Requirements,
} from '@perennial/conditions';

/** What a contact must bring before rules can be evaluated for it. */
export interface NeededFacts extends Omit<Requirements, 'events' | 'contactZone' | 'trigger'> {
  /** By event type; the instant is in epoch milliseconds, -Infinity for all history. */
  events: ReadonlyMap<string, NeededEvents>;
}

export interface NeededEvents {
  from: number;
  /** Counting needs no parameters, and they are most of what is read. */
  withParams: boolean;
  withContext: boolean;
  /**
   * Which of them decide; the others may be left out where they are many. For conditions whose sums
   * are kept none are needed.
   */
  enough: Enough;
  /** What conditions ask whose answer no few events decide, by its key. */
  sums: ReadonlyMap<string, CondensedQuestion>;
}

export interface NeedOptions {
  /** The earliest instant as of which the rules will be evaluated. */
  now: number;
  workspaceZone: string;
  contactZones: Iterable<string>;
  types: AnyConditionTypes;
}

/** What these rules need of any contact. */
export function neededFacts(
  rules: readonly (Definition | Node)[],
  options: NeedOptions,
): NeededFacts {
  const { events, ...needed } = requirements(rules, options);
  const readings = readingsOf(rules);
  return {
    ...needed,
    events: new Map(
      [...events].map(([type, from]) => [
        type,
        {
          from,
          ...(readings.get(type) ?? UNREAD),
        },
      ]),
    ),
  };
}

/** Asked for by something else than its own conditions. */
const UNREAD: Reading = {
  withParams: false,
  withContext: false,
  enough: ALL_FACTS,
  sums: new Map(),
};

type Reading = Omit<NeededEvents, 'from'>;

/**
 * Of which event types some condition reads parameters, and the tracking context among them, and
 * how many of the events decide.
 */
function readingsOf(rules: readonly (Definition | Node)[]): Map<string, Reading> {
  const readings = new Map<string, Reading>();
  for (const condition of rules.flatMap(conditionsOf)) {
    if (condition.type !== 'event') continue;
    const { event, ...rest } = condition as BaseCondition & { event: string } & Measured;
    const text = JSON.stringify(rest);
    const known = readings.get(event);
    const { enough, sums } = decidedBy({ event, ...rest });
    readings.set(event, {
      withParams: known?.withParams === true || text.includes('"param"'),
      withContext: known?.withContext === true || text.includes('"$context'),
      enough: enoughForAll([enough, ...(known ? [known.enough] : [])]),
      sums: new Map([...(known?.sums ?? []), ...sums]),
    });
  }
  return readings;
}

/** A few events where they decide, else what can be kept of all. */
function decidedBy(condition: { event: string } & Measured): Pick<NeededEvents, 'enough' | 'sums'> {
  const enough = enoughOf(condition);
  const question = isFew(enough) ? undefined : condensedQuestionOf(condition);
  if (!question) return { enough, sums: new Map() };
  return {
    enough: enoughForAll([]),
    sums: new Map([[condensedKeyOf(condition)!, question]]),
  };
}

export function isFew({ newest, oldest }: Enough): boolean {
  return Number.isFinite(newest) && Number.isFinite(oldest);
}

function conditionsOf(rule: Definition | Node): BaseCondition[] {
  const nodes =
    'include' in rule ? [rule.include, ...(rule.exclude ? [rule.exclude] : [])] : [rule];
  return nodes.flatMap((node) => [...leavesOf<BaseCondition>(node)]);
}

/** The needs of several rules together. */
export function joinNeeds(needs: readonly NeededFacts[]): NeededFacts {
  const [only] = needs;
  if (only && needs.length === 1) return only;
  const events = new Map<string, NeededEvents>();
  for (const { events: own } of needs) {
    for (const [type, { from, withParams, withContext, enough, sums }] of own) {
      const known = events.get(type);
      events.set(type, {
        from: Math.min(from, known?.from ?? Infinity),
        withParams: withParams || known?.withParams === true,
        withContext: withContext || known?.withContext === true,
        enough: enoughForAll([enough, ...(known ? [known.enough] : [])]),
        sums: new Map([...(known?.sums ?? []), ...sums]),
      });
    }
  }
  return {
    events,
    messages: earliest(needs.map((one) => one.messages)),
    contents: union(needs.map((one) => one.contents)),
    outcomes: union(needs.map((one) => one.outcomes)),
    workflows: union(needs.map((one) => one.workflows)),
    devices: needs.some((one) => one.devices),
    fields: union(needs.map((one) => one.fields)),
    segments: union(needs.map((one) => one.segments)),
    channels: union(needs.map((one) => one.channels)),
    orders: needs.some((one) => one.orders),
    categories: needs.some((one) => one.categories),
  };
}

function earliest(maps: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const joined = new Map<string, number>();
  for (const [key, from] of maps.flatMap((map) => [...map])) {
    joined.set(key, Math.min(from, joined.get(key) ?? Infinity));
  }
  return joined;
}

function union(sets: readonly ReadonlySet<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

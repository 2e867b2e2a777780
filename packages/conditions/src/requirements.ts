import {
  type AnyConditionTypes,
  type BaseCondition,
  type Needs,
  type Node,
  typeOf,
} from './conditions/condition-type.ts';
import { segmentConditions } from './conditions/index.ts';
import { type Definition, nodesOf } from './definition.ts';
import { isKnownZone } from './time/zones.ts';
import { leavesOf } from './tree.ts';

/** What must be loaded of a contact before rules can be evaluated for it. */
export interface Requirements {
  readonly fields: ReadonlySet<string>;
  /** Event types, with the earliest instant needed (epoch milliseconds; -Infinity for all). */
  readonly events: ReadonlyMap<string, number>;
  /** Event types of which more than the time is read: parameters, key, source or context. */
  readonly contents: ReadonlySet<string>;
  /** Actions of messages, with the earliest instant needed. */
  readonly messages: ReadonlyMap<string, number>;
  /** `opened`, `clicked`: whether a person did that with the sends of those messages is needed. */
  readonly outcomes: ReadonlySet<string>;
  /** True when the contact's devices are needed. */
  readonly devices: boolean;
  /** IDs of the workflows whose runs are needed. */
  readonly workflows: ReadonlySet<string>;
  /** IDs of segments. */
  readonly segments: ReadonlySet<string>;
  /** True when the contact's orders are needed. */
  readonly orders: boolean;
  /** True when the contact's subscription categories are needed. */
  readonly categories: boolean;
  /** Channels of which the contact's addresses are needed. */
  readonly channels: ReadonlySet<string>;
  /** True when the event being handled is needed. */
  readonly trigger: boolean;
  /** True when the contact's own zone is needed. */
  readonly contactZone: boolean;
}

/** When and where the rules will be evaluated. */
export interface RequirementsOptions {
  readonly now: number;
  readonly workspaceZone: string;
  /** The zones of the contacts in the batch; contacts without one use the workspace's. */
  readonly contactZones?: Iterable<string>;
  readonly types?: AnyConditionTypes;
}

/** What a batch of contacts needs so that all the rules can be evaluated for each of them. */
export function requirements(
  rules: Iterable<Definition | Node>,
  options: RequirementsOptions,
): Requirements {
  const { needs, collected } = collect(options);
  for (const rule of rules) needRule(rule, needs, options.types);
  return collected;
}

/** Tells all that the conditions of a rule need. */
export function needRule(
  rule: Definition | Node,
  needs: Needs,
  types: AnyConditionTypes = segmentConditions,
): void {
  for (const node of nodesOf(rule)) {
    for (const condition of leavesOf<BaseCondition>(node)) {
      typeOf(condition, types).need(condition, needs);
    }
  }
}

function collect({ now, workspaceZone, contactZones = [] }: RequirementsOptions) {
  const fields = new Set<string>();
  const events = new Map<string, number>();
  const contents = new Set<string>();
  const messages = new Map<string, number>();
  const outcomes = new Set<string>();
  const workflows = new Set<string>();
  const segments = new Set<string>();
  const channels = new Set<string>();
  const collected = {
    fields,
    events,
    contents,
    messages,
    outcomes,
    workflows,
    segments,
    channels,
    orders: false,
    devices: false,
    categories: false,
    trigger: false,
    contactZone: false,
  };
  const anyContactZone = [workspaceZone, ...[...new Set(contactZones)].filter(isKnownZone)];
  const earliest = (known: Map<string, number>) => (key: string, from: number) =>
    void known.set(key, Math.min(from, known.get(key) ?? Infinity));
  const needs: Needs = {
    now,
    zonesOf(zone) {
      if (zone === 'contact') {
        collected.contactZone = true;
        return anyContactZone;
      }
      return [zone === 'workspace' ? workspaceZone : (zone ?? 'UTC')];
    },
    field: (name) => void fields.add(name),
    events: earliest(events),
    contents: (type) => void contents.add(type),
    messages: earliest(messages),
    outcome: (action) => void outcomes.add(action),
    devices: () => void (collected.devices = true),
    workflow: (id) => void workflows.add(id),
    segment: (id) => void segments.add(id),
    orders: () => void (collected.orders = true),
    categories: () => void (collected.categories = true),
    channel: (key) => void channels.add(key),
    trigger: () => void (collected.trigger = true),
  };
  return { needs, collected };
}

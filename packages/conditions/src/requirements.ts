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
  const types: AnyConditionTypes = options.types ?? segmentConditions;
  const { needs, collected } = collect(options);
  for (const rule of rules) {
    for (const node of nodesOf(rule)) {
      for (const condition of leavesOf<BaseCondition>(node)) {
        typeOf(condition, types).need(condition, needs);
      }
    }
  }
  return collected;
}

function collect({ now, workspaceZone, contactZones = [] }: RequirementsOptions) {
  const fields = new Set<string>();
  const events = new Map<string, number>();
  const segments = new Set<string>();
  const channels = new Set<string>();
  const collected = {
    fields,
    events,
    segments,
    channels,
    orders: false,
    categories: false,
    trigger: false,
    contactZone: false,
  };
  const anyContactZone = [workspaceZone, ...[...new Set(contactZones)].filter(isKnownZone)];
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
    events: (type, from) => void events.set(type, Math.min(from, events.get(type) ?? Infinity)),
    segment: (id) => void segments.add(id),
    orders: () => void (collected.orders = true),
    categories: () => void (collected.categories = true),
    channel: (key) => void channels.add(key),
    trigger: () => void (collected.trigger = true),
  };
  return { needs, collected };
}

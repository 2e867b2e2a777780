import type { AnyConditionTypes, Needs, Node } from './conditions/condition-type.ts';
import type { Definition } from './definition.ts';
import { needRule } from './requirements.ts';

/**
 * Keys of the data that a rule's answer depends on, so that whoever changes some finds the rules to
 * evaluate again: `event:TYPE`, `field:NAME` (`field:time_zone` where the zone of the contact
 * matters), `segment:ID`, `message:ACTION`, `workflow:ID`, `channel`, `category`, `device`, `order`.
 * `everyone` mentions nothing, though it changes when a contact comes or goes.
 */
export function mentions(rule: Definition | Node, types?: AnyConditionTypes): Set<string> {
  const keys = new Set<string>();
  needRule(rule, namingNeeds(keys), types);
  return keys;
}

/** What a condition needs is what it mentions, but for the event being handled, which is given. */
function namingNeeds(keys: Set<string>): Needs {
  const add = (key: string) => void keys.add(key);
  return {
    // Neither the instant nor a zone changes what is named.
    now: 0,
    zonesOf(zone) {
      if (zone === 'contact') add('field:time_zone');
      return ['UTC'];
    },
    field(name) {
      add(`field:${name}`);
      // What contacts' devices run is shown as a field.
      if (name === 'device_platform') add('device');
    },
    events: (type) => add(`event:${type}`),
    contents: () => undefined,
    messages: (action) => add(`message:${action}`),
    outcome: (action) => add(`message:${action}`),
    devices: () => add('device'),
    workflow: (id) => add(`workflow:${id}`),
    segment: (id) => add(`segment:${id}`),
    orders: () => add('order'),
    categories: () => add('category'),
    channel: () => add('channel'),
    trigger: () => undefined,
  };
}

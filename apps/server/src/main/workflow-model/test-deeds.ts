import type { Identifier, InboxItem } from '../../inbox/index.ts';
import { event, fields, user } from '../test-workflows.ts';
import type { Place } from './test-place.ts';
import { APPS, fieldsOf, isNaming, type Deed, type NamingDeed } from './test-scenario.ts';

/** What deeds send by way of the inbox; of those that name something it was found out before. */
export function itemsOf(
  deeds: readonly Deed[],
  place: Place,
  named: ReadonlyMap<Deed, InboxItem>,
): InboxItem[] {
  return deeds.flatMap((deed) => (isNaming(deed) ? (named.get(deed) ?? []) : itemOf(deed, place)));
}

function itemOf(
  deed: Exclude<Deed, NamingDeed>,
  { world, ids, workflows, scenario, people }: Place,
): InboxItem {
  const at = world.now();
  const base = { ids: [user(deed.who)], at, source: 'api' as const };
  switch (deed.do) {
    case 'event': {
      const { who, event: name, params, key, past, ago } = deed;
      return event(who, name, params, { at: at - ago, past, ...(key !== undefined && { key }) });
    }
    case 'date':
      return fields(deed.who, fieldsOf(deed, scenario), { at });
    case 'order': {
      const { who, id, status, total } = deed;
      const order = { externalOrderId: `${who} ${id}`, status, total };
      return { ...base, kind: 'order', order, fields: {} };
    }
    case 'fields':
      return fields(deed.who, deed.set, { at, source: deed.by });
    case 'device': {
      const { who, n, pushes } = deed;
      const device = {
        deviceId: `device ${n} of ${who}`,
        app: APPS[n]!,
        pushToken: `token ${n} of ${who}`,
        pushEnabled: pushes,
      };
      return { ...base, kind: 'identify', fields: {}, device };
    }
    case 'list': {
      const list = [ids.get(deed.list) as number];
      return { ...base, kind: 'membership', lists: deed.into ? { add: list } : { remove: list } };
    }
    case 'merge': {
      const ids: Identifier[] = [['contact', String(people.get(deed.who))]];
      return {
        ...base,
        kind: 'join',
        ids,
        other: people.get(deed.other)!,
        source: 'manual',
        by: 'Ada',
      };
    }
    case 'start': {
      const workflowId = workflows[deed.workflow]!;
      return { ...base, kind: 'start', workflowId, params: deed.params };
    }
    case 'stop':
      return { ...base, kind: 'stop', workflowId: workflows[deed.workflow]!, reason: 'by hand' };
  }
}

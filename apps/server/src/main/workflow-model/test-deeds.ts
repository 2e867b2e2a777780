import { inTransaction } from '../../db/transaction.ts';
import type { Identifier, InboxItem } from '../../inbox/index.ts';
import { reportStatuses } from '../../sends/senders/report-statuses.ts';
import { event, fields, SLOTS, user } from '../test-workflows.ts';
import type { Place } from './test-place.ts';
import { APPS, fieldsOf, type Deed } from './test-scenario.ts';

/** What became of messages goes straight to the slots' queues. */
export async function report({ pool, world }: Place, deeds: readonly Deed[]): Promise<void> {
  const { workspaceId } = world;
  for (const deed of deeds) {
    if (deed.do !== 'report') continue;
    const { rows } = await pool.query<{ contact: number; send: number; delivery: number }>(
      `select s.contact_id as contact, s.id as send, d.id as delivery
         from sends s
         join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
         join contacts c on c.id = s.contact_id
        where s.workspace_id = $1 and c.external_id = $2 and d.channel = 'sms' and d.state <> 'cancelled'
        order by s.created_at desc, s.id desc
        limit 1`,
      [workspaceId, deed.who],
    );
    if (!rows[0]) continue;
    const { contact: contactId, send: sendId, delivery: deliveryId } = rows[0];
    const told = { workspaceId, contactId, sendId, deliveryId, status: deed.status };
    const parts = { reports: [told], slots: SLOTS, now: new Date(world.now()) };
    await inTransaction(pool, (tx) => reportStatuses(tx, parts));
  }
}

export function itemsOf(deeds: readonly Deed[], place: Place): InboxItem[] {
  return deeds.flatMap((deed) => (deed.do === 'report' ? [] : [itemOf(deed, place)]));
}

function itemOf(
  deed: Exclude<Deed, { do: 'report' }>,
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

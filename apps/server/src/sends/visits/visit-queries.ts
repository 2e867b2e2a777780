import type { Db } from '../../db/index.ts';

/** A visit that is a fact already. */
export interface VisitRow {
  contact_id: number;
  type_id: number;
  id: number;
  delivery: string;
  status: 'opened' | 'clicked';
  at: Date;
  url: string | null;
  machine: string | null;
}

export interface VisitsAsked {
  workspaceId: number;
  contactId: number;
  deliveryId: number;
  from: Date;
  until: Date;
}

const VISIT = `
  e.contact_id, t.id as type_id, e.id, e.params ->> 'delivery' as delivery,
  case t.key when 'MessageOpened' then 'opened' else 'clicked' end as status,
  e.occurred_at as at, e.params ->> 'url' as url, e.params ->> 'machine' as machine`;

/** Opens and clicks of deliveries, each in its piece of time. Index events_pkey, of few partitions. */
export async function findVisits(
  db: Db,
  { asked }: { asked: readonly VisitsAsked[] },
): Promise<VisitRow[]> {
  if (asked.length === 0) return [];
  const { rows } = await db.query<VisitRow>({
    name: 'find_visits',
    text: `select ${VISIT}
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[], $5::timestamptz[])
                  as asked (workspace_id, contact_id, delivery, since, until)
             join event_types t on t.workspace_id = asked.workspace_id and t.key in ('MessageOpened', 'MessageClicked')
             join events e
               on e.contact_id = asked.contact_id and e.event_type_id = t.id
              and e.occurred_at between asked.since and asked.until and e.params ->> 'delivery' = asked.delivery
            where e.contact_id = any($2::bigint[]) and e.occurred_at between $6 and $7`,
    values: [
      asked.map((row) => row.workspaceId),
      asked.map((row) => row.contactId),
      asked.map((row) => String(row.deliveryId)),
      asked.map((row) => row.from),
      asked.map((row) => row.until),
      new Date(Math.min(...asked.map(({ from }) => from.getTime()))),
      new Date(Math.max(...asked.map(({ until }) => until.getTime()))),
    ],
  });
  return rows;
}

/** The newest opens and clicks of one delivery. Index events_pkey, from the delivery on. */
export async function listVisits(
  db: Db,
  {
    workspaceId,
    contactId,
    deliveryId,
    from,
    limit,
  }: Omit<VisitsAsked, 'until'> & { limit: number },
): Promise<VisitRow[]> {
  const { rows } = await db.query<VisitRow>(
    `select ${VISIT}
       from event_types t
       join events e on e.event_type_id = t.id and e.contact_id = $2
      where t.workspace_id = $1 and t.key in ('MessageOpened', 'MessageClicked')
        and e.occurred_at >= $4 and e.params ->> 'delivery' = $3
      order by e.occurred_at desc, e.id desc
      limit $5`,
    [workspaceId, contactId, String(deliveryId), from, limit],
  );
  return rows;
}

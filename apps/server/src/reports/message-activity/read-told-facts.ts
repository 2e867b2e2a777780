import type { Db } from '../../db/index.ts';
import { readFacts, type FactKey, type FactRow } from '../../events/index.ts';

/** A send with its delivery, as facts about it are told to other systems. */
export interface ToldDelivery {
  contact_id: number;
  send_id: number;
  delivery_id: number;
  channel: string;
  address: string;
  reason: string | null;
  bounce: string | null;
  provider_answer: string | null;
  message_id: number;
  message_name: string;
  language: string | null;
  campaign_id: number | null;
  workflow_id: number | null;
  run_id: number | null;
  block: string | null;
  /** The caller's own name for the request that asked for it. */
  external_request_id: string | null;
  event: { id?: string; key?: string; event?: string } | null;
}

export interface ToldContact {
  id: number;
  external_id: string | null;
  email: string | null;
  phone: string | null;
  language: string | null;
}

/** A fact with all that other systems are told of it. */
export interface ToldFact {
  fact: FactRow;
  contact: ToldContact | undefined;
  delivery: ToldDelivery | undefined;
  /** Of the message. */
  tags: readonly string[];
}

/** Facts with their contacts and deliveries, in the order asked for; those that are gone are left out. */
export async function readToldFacts(
  db: Db,
  { workspaceId, keys }: { workspaceId: number; keys: FactKey[] },
): Promise<ToldFact[]> {
  const facts = await readFacts(db, { workspaceId, keys });
  const contacts = await readContacts(db, { workspaceId, facts });
  const deliveries = await readDeliveries(db, { workspaceId, facts });
  const tags = await readTags(db, { deliveries });
  return facts.map((fact) => {
    const delivery = deliveries.get(deliveryKey(fact));
    return {
      fact,
      contact: contacts.get(fact.contact_id),
      delivery,
      tags: (delivery && tags.get(delivery.message_id)) ?? [],
    };
  });
}

/** Deliveries are found by contact and ID. */
function deliveryKey({ contact_id, params }: Pick<FactRow, 'contact_id' | 'params'>): string {
  return `${contact_id} ${deliveryOf({ params })}`;
}

/** Its ID as the fact names it. */
function deliveryOf({ params }: Pick<FactRow, 'params'>): string {
  const id = params?.['delivery'];
  return typeof id === 'string' ? id : '';
}

async function readContacts(
  db: Db,
  { workspaceId, facts }: { workspaceId: number; facts: readonly FactRow[] },
): Promise<Map<number, ToldContact>> {
  const { rows } = await db.query<ToldContact>(
    `select id, external_id, email, phone, fields ->> 'language' as language
       from contacts where workspace_id = $1 and id = any($2::bigint[])`,
    [workspaceId, [...new Set(facts.map((fact) => fact.contact_id))]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const DIGITS = /^\d{1,15}$/;

/** Indexes: deliveries_pkey, sends_pkey, send_requests_pkey. */
async function readDeliveries(
  db: Db,
  { workspaceId, facts }: { workspaceId: number; facts: readonly FactRow[] },
): Promise<Map<string, ToldDelivery>> {
  const told = facts.filter((fact) => DIGITS.test(deliveryOf(fact)));
  if (told.length === 0) return new Map();
  const { rows } = await db.query<ToldDelivery>(
    `select d.contact_id, d.send_id, d.id as delivery_id, d.channel, d.address, d.reason, d.bounce,
            d.provider_answer, s.message_id, m.name as message_name, s.language, s.campaign_id, s.workflow_id,
            s.run_id, s.block, r.external_id as external_request_id, s.context -> 'event' as event
       from deliveries d
       join sends s on s.contact_id = d.contact_id and s.id = d.send_id
       join messages m on m.id = s.message_id
       left join send_requests r on r.id = s.request_id
      where d.contact_id = any($2::bigint[]) and d.id = any($3::bigint[]) and d.workspace_id = $1`,
    [
      workspaceId,
      told.map((fact) => fact.contact_id),
      told.map((fact) => Number(deliveryOf(fact))),
    ],
  );
  return new Map(
    rows.map((row) => [
      deliveryKey({ contact_id: row.contact_id, params: { delivery: String(row.delivery_id) } }),
      row,
    ]),
  );
}

async function readTags(
  db: Db,
  { deliveries }: { deliveries: Map<string, ToldDelivery> },
): Promise<Map<number, string[]>> {
  const ids = [...new Set([...deliveries.values()].map((row) => row.message_id))];
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: number; names: string[] }>(
    `select l.object_id as id, array_agg(t.name order by lower(t.name)) as names
       from tag_links l join tags t on t.id = l.tag_id
      where l.object_kind = 'message' and l.object_id = any($1::bigint[])
      group by l.object_id`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.names]));
}

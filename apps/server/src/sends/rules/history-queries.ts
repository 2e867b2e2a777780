import type { Db, Tx } from '../../db/index.ts';

/**
 * The first send of a workspace that was decided at an instant or later, found by halving: numbers
 * grow with time. Undefined if there is none. Index: sends_newest.
 */
export async function firstSendAt(
  db: Db,
  { workspaceId, at }: { workspaceId: number; at: Date },
): Promise<number | undefined> {
  const ends = await edgeSends(db, { workspaceId });
  if (!ends) return undefined;
  let { first, last } = ends;
  while (first < last) {
    const middle = Math.floor((first + last) / 2);
    const found = await nextSend(db, { workspaceId, from: middle });
    if (!found) break;
    if (found.created_at >= at) last = middle;
    else first = found.id + 1;
  }
  return first;
}

async function edgeSends(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<{ first: number; last: number } | undefined> {
  const { rows } = await db.query<{ first: number | null; last: number }>({
    name: 'edge_sends',
    text: `select min(id) as first, max(id) as last from sends where workspace_id = $1`,
    values: [workspaceId],
  });
  const { first, last } = rows[0]!;
  return first === null ? undefined : { first, last };
}

async function nextSend(
  db: Db,
  { workspaceId, from }: { workspaceId: number; from: number },
): Promise<{ id: number; created_at: Date } | undefined> {
  const { rows } = await db.query<{ id: number; created_at: Date }>({
    name: 'next_send',
    text: `select id, created_at from sends where workspace_id = $1 and id >= $2 order by id limit 1`,
    values: [workspaceId, from],
  });
  return rows[0];
}

/** Messages of these tags and categories, none of a kind: whatever they are. */
export async function messagesUnder(
  db: Db,
  {
    workspaceId,
    tagIds,
    categoryIds,
  }: { workspaceId: number; tagIds: number[]; categoryIds: number[] },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select m.id from messages m
      where m.workspace_id = $1
        and (cardinality($2::bigint[]) = 0 or exists (
              select 1 from tag_links l
               where l.object_kind = 'message' and l.object_id = m.id and l.tag_id = any($2)))
        and (cardinality($3::bigint[]) = 0 or exists (
              select 1 from message_categories c where c.message_id = m.id and c.category_id = any($3)))`,
    [workspaceId, tagIds, categoryIds],
  );
  return rows.map((row) => row.id);
}

export interface HistoryOptions {
  workspaceId: number;
  /** Nothing before it was decided within the time looked at. */
  fromId: number;
  after: Date;
  until: Date;
  channels: string[];
  /** Null: all. */
  messageIds: number[] | null;
  withTransactional: boolean;
}

const MATCHING = `
   from sends s
  where s.workspace_id = $1 and s.id >= $2 and s.decision = 'sent' and s.counts_at > $3 and s.counts_at <= $4
    and (cardinality($5::text[]) = 0 or s.channel = any($5))
    and ($6::bigint[] is null or s.message_id = any($6))
    and ($7::boolean or not s.transactional)`;

function valuesOf(options: HistoryOptions): unknown[] {
  return [
    options.workspaceId,
    options.fromId,
    options.after,
    options.until,
    options.channels,
    options.messageIds,
    options.withTransactional,
  ];
}

export async function countSent(db: Db, options: HistoryOptions): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n ${MATCHING}`,
    valuesOf(options),
  );
  return rows[0]?.n ?? 0;
}

/** What one contact was sent, by one channel if channels are counted apart. */
export interface SentToContact {
  contact_id: number;
  zone: string | null;
  at: Date[];
  transactional: boolean[];
}

const PAGE = 5_000;

/** Contacts who were sent more than so many, with when, a page at a time. */
export async function* readSent(
  tx: Tx,
  {
    moreThan,
    eachChannel,
    ...options
  }: HistoryOptions & { moreThan: number; eachChannel: boolean },
): AsyncGenerator<SentToContact[]> {
  await tx.query(
    `declare sent cursor for
       select few.*, c.fields ->> 'time_zone' as zone
         from (select s.contact_id, array_agg(s.counts_at order by s.counts_at, s.id) as at,
                      array_agg(s.transactional order by s.counts_at, s.id) as transactional
                 ${MATCHING}
                group by s.contact_id, case when $8::boolean then s.channel end
               having count(*) > $9) few
         left join contacts c on c.id = few.contact_id`,
    [...valuesOf(options), eachChannel, moreThan],
  );
  for (;;) {
    const { rows } = await tx.query<SentToContact>(`fetch forward ${PAGE} from sent`);
    if (rows.length === 0) break;
    yield rows;
  }
  await tx.query(`close sent`);
}

import type { Db, Tx } from '../db/pool.ts';
import { instant } from './instant.ts';

/** What facts do to a contact's row besides its values. */
export interface Touch {
  contactId: number;
  /** Null: it was not seen. */
  seenAt: number | null;
  /** How many facts of each kind that is counted came to it. */
  facts: Record<CountedKind, number>;
}

/** Entries and exits are none of them: who is asked for them counts them. */
export const COUNTED_KINDS = [
  'event',
  'order',
  'form',
  'subscription',
  'field',
  'profile',
] as const;
export type CountedKind = (typeof COUNTED_KINDS)[number];

/** Moves last_seen_at and the counts of facts: most events change nothing else of a contact. */
export async function touchContacts(tx: Tx, { touches }: { touches: Touch[] }): Promise<void> {
  if (touches.length === 0) return;
  await tx.query({
    name: 'touch_contacts',
    text: `update contacts c
              set last_seen_at = coalesce(touch.seen_at, c.last_seen_at),
                  event_count = c.event_count + touch.events, order_count = c.order_count + touch.orders,
                  form_count = c.form_count + touch.forms,
                  subscription_count = c.subscription_count + touch.subscriptions,
                  field_count = c.field_count + touch.fields, profile_count = c.profile_count + touch.profiles
             from unnest($1::bigint[], $2::timestamptz[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[],
                         $8::int[])
                  as touch (id, seen_at, events, orders, forms, subscriptions, fields, profiles)
            where c.id = touch.id`,
    values: [
      touches.map((row) => row.contactId),
      touches.map((row) => instant(row.seenAt)),
      ...COUNTED_KINDS.map((kind) => touches.map((row) => row.facts[kind])),
    ],
  });
}

/**
 * The survivors of merges count what the dropped contacts had. Facts that go any other way (a
 * merge taken back, past events deleted) make the counts unknown: see `forgetCounts`.
 */
export async function joinCounts(
  tx: Tx,
  { pairs }: { pairs: { keepId: number; dropId: number }[] },
): Promise<void> {
  const keepIds = pairs.map((pair) => pair.keepId);
  const dropIds = pairs.map((pair) => pair.dropId);
  await tx.query(
    `with dropped as (select pair.keep_id, sum(d.event_count) as events, sum(d.order_count) as orders,
                             sum(d.form_count) as forms, sum(d.subscription_count) as subscriptions,
                             sum(d.field_count) as fields, sum(d.profile_count) as profiles,
                             bool_or(d.event_count is null) as unknown
                        from unnest($1::bigint[], $2::bigint[]) as pair (keep_id, drop_id)
                        join contacts d on d.id = pair.drop_id
                       group by pair.keep_id)
     update contacts c
        set event_count = case when not dropped.unknown then c.event_count + dropped.events end,
            order_count = case when not dropped.unknown then c.order_count + dropped.orders end,
            form_count = case when not dropped.unknown then c.form_count + dropped.forms end,
            subscription_count = case when not dropped.unknown then c.subscription_count + dropped.subscriptions end,
            field_count = case when not dropped.unknown then c.field_count + dropped.fields end,
            profile_count = case when not dropped.unknown then c.profile_count + dropped.profiles end
       from dropped
      where c.id = dropped.keep_id`,
    [keepIds, dropIds],
  );
  await tx.query(
    `update contacts
        set event_count = 0, order_count = 0, form_count = 0, subscription_count = 0,
            field_count = 0, profile_count = 0
      where id = any($1)`,
    [dropIds],
  );
}

/** Facts of these contacts went or came by other ways: how many there are is found by counting. */
export async function forgetCounts(tx: Tx, { ids }: { ids: number[] }): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `update contacts
        set event_count = null, order_count = null, form_count = null, subscription_count = null,
            field_count = null, profile_count = null
      where id = any($1)`,
    [ids],
  );
}

/** Of these contacts, those with more events than so many, or nobody knows how many. Index contacts_pkey. */
export async function findBusy(
  db: Db,
  { contactIds, most }: { contactIds: readonly number[]; most: number },
): Promise<Set<number>> {
  const { rows } = await db.query<{ id: number }>({
    name: 'find_busy',
    text: `select id from contacts where id = any($1) and coalesce(event_count > $2, true)`,
    values: [contactIds, most],
  });
  return new Set(rows.map((row) => row.id));
}

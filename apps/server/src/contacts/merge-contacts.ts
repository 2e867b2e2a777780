import type { Tx } from '../db/pool.ts';
import type { Json } from '../inbox/index.ts';
import type { ContactState, SetAt } from './contact-state.ts';
import { saveContacts } from './queries.ts';
import { store, valueOf } from './set-fields.ts';

export interface ContactPair {
  keep: ContactState;
  drop: ContactState;
  /** When the merge is applied. */
  at: number;
}

/** What a merge chose, field by field: enough to take it back. */
export type MergeChoices = Record<string, { kept: Json; dropped: Json; from: 'keep' | 'drop' }>;

/** Per field the later set wins; the survivor was created when the older was. */
export function joinContacts({ keep, drop, at }: ContactPair): MergeChoices {
  const choices: MergeChoices = {};
  for (const [field, setAt] of Object.entries(drop.setAt)) {
    const dropped = valueOf(drop, field);
    const kept = valueOf(keep, field);
    const fromDrop = isLater(
      setAt,
      Object.hasOwn(keep.setAt, field) ? keep.setAt[field] : undefined,
    );
    choices[field] = { kept, dropped, from: fromDrop ? 'drop' : 'keep' };
    if (!fromDrop) continue;
    keep.setAt[field] = setAt;
    store(keep, field, dropped);
  }
  keep.createdAt = Math.min(keep.createdAt, drop.createdAt);
  keep.lastSeenAt = Math.max(keep.lastSeenAt ?? 0, drop.lastSeenAt ?? 0) || null;
  keep.updatedAt = at;
  Object.assign(drop, {
    email: null,
    phone: null,
    externalId: null,
    mergedInto: keep.id,
    deletedAt: at,
    updatedAt: at,
  });
  return choices;
}

function isLater(a: SetAt, b: SetAt | undefined): boolean {
  if (!b) return true;
  if ((a[2] === 1) !== (b[2] === 1)) return b[2] === 1;
  return a[0] > b[0];
}

/** Writes both contacts and moves what this room keeps of the dropped one. */
export async function moveContacts(tx: Tx, { pairs }: { pairs: ContactPair[] }): Promise<void> {
  // The dropped first: the survivor takes over what must be unique.
  await saveContacts(tx, { contacts: pairs.map((pair) => pair.drop) });
  await saveContacts(tx, { contacts: pairs.map((pair) => pair.keep) });
  const moves = [pairs.map((pair) => pair.drop.id), pairs.map((pair) => pair.keep.id)];
  await tx.query(
    `with pair as (select * from unnest($1::bigint[], $2::bigint[]) as pair (drop_id, keep_id)),
          moved as (delete from devices d using pair where d.contact_id = pair.drop_id returning d.*, pair.keep_id)
     insert into devices (contact_id, device_id, workspace_id, source_contact_id, app, platform, os_type, os_version,
                          category, model, app_version, push_token, push_enabled, locale, time_zone, created_at, last_seen_at)
     select keep_id, device_id, workspace_id, coalesce(source_contact_id, contact_id), app, platform, os_type, os_version,
            category, model, app_version, push_token, push_enabled, locale, time_zone, created_at, last_seen_at
       from moved
         on conflict on constraint devices_pkey do nothing`,
    moves,
  );
  await moveAddresses(tx, pairs);
  await tx.query(
    `with pair as (select * from unnest($1::bigint[], $2::bigint[]) as pair (drop_id, keep_id)),
          moved as (delete from field_conflicts c using pair where c.contact_id = pair.drop_id returning c.*, pair.keep_id)
     insert into field_conflicts (contact_id, workspace_id, source_contact_id, field, value, reason, source, at)
     select keep_id, workspace_id, coalesce(source_contact_id, contact_id), field, value, reason, source, at from moved`,
    moves,
  );
}

/** Consent by the later decision, at equal times the stricter; only for the address that was kept. */
async function moveAddresses(tx: Tx, pairs: ContactPair[]): Promise<void> {
  await tx.query(
    `with pair as (select * from unnest($1::bigint[], $2::bigint[]) as pair (drop_id, keep_id)),
          moved as (delete from addresses a using pair where a.contact_id = pair.drop_id returning a.*, pair.keep_id)
     insert into addresses (contact_id, channel, address, workspace_id, source_contact_id, app, state, state_at, reason, source, consent_text)
     select keep_id, channel, address, workspace_id, coalesce(source_contact_id, contact_id), app, state, state_at, reason, source, consent_text
       from moved
         on conflict on constraint addresses_pkey do update
        set state = excluded.state, state_at = excluded.state_at, reason = excluded.reason,
            source = excluded.source, consent_text = excluded.consent_text
      where excluded.state_at > addresses.state_at
         or (excluded.state_at = addresses.state_at and excluded.state = 'unconfirmed')`,
    [pairs.map((pair) => pair.drop.id), pairs.map((pair) => pair.keep.id)],
  );
  await tx.query(
    `delete from addresses a using unnest($1::bigint[], $2::text[], $3::text[]) as now (contact_id, email, phone)
      where a.contact_id = now.contact_id
        and ((a.channel = 'email' and a.address is distinct from now.email)
          or (a.channel = 'sms' and a.address is distinct from now.phone))`,
    [
      pairs.map((pair) => pair.keep.id),
      pairs.map((pair) => pair.keep.email),
      pairs.map((pair) => pair.keep.phone),
    ],
  );
}

import type { Db, Tx } from '../db/pool.ts';
import { instant } from './instant.ts';

export interface AddressChange {
  contactId: number;
  workspaceId: number;
  channel: string;
  /** Null: the contact has no address on this channel any more. */
  address: string | null;
  app?: string;
  confirmed: boolean;
  at: number;
  source: string;
  /** The words the person agreed to. */
  text?: string;
  via?: number | undefined;
}

/**
 * A known address keeps its state, whatever sets it again. One that the contact leaves keeps its
 * row too: who comes back to it by an import has not said yes by that.
 */
export async function saveAddresses(
  tx: Tx,
  { changes }: { changes: AddressChange[] },
): Promise<void> {
  // Of several that set the same address the first decides, as if the others came later.
  const first = new Map(changes.toReversed().map((row) => [addressKey(row), row]));
  const set = [...first.values()].filter((row) => row.address !== null);
  if (set.length === 0) return;
  await tx.query(
    `insert into addresses (contact_id, channel, address, workspace_id, app, state, state_at, source, consent_text,
                            source_contact_id)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[], $8::text[],
                          $9::text[], $10::bigint[])
         on conflict on constraint addresses_pkey do nothing`,
    [
      set.map((r) => r.contactId),
      set.map((r) => r.channel),
      set.map((r) => r.address),
      set.map((r) => r.workspaceId),
      set.map((r) => r.app ?? null),
      set.map((r) => (r.confirmed ? 'subscribed' : 'unconfirmed')),
      set.map((r) => instant(r.at)),
      set.map((r) => r.source),
      set.map((r) => r.text ?? null),
      set.map((r) => r.via ?? null),
    ],
  );
}

/** What somebody noted by hand, and takes back; what a person or an import said stays. */
export async function withdrawAddresses(
  tx: Tx,
  { withdrawals: rows }: { withdrawals: readonly Withdrawal[] },
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `delete from addresses a
      using unnest($1::bigint[], $2::text[], $3::text[]) as gone (contact_id, channel, address)
      where a.contact_id = gone.contact_id and a.channel = gone.channel and a.address = gone.address
        and a.source = 'manual' and a.state = 'subscribed'`,
    [
      rows.map((row) => row.contactId),
      rows.map((row) => row.channel),
      rows.map((row) => row.address),
    ],
  );
}

export interface Withdrawal {
  contactId: number;
  channel: string;
  address: string;
}

export function addressKey({
  contactId,
  channel,
  address,
}: {
  contactId: number;
  channel: string;
  address: string | null;
}): string {
  return `${contactId} ${channel} ${address}`;
}

/** What a contact agreed to at one address. */
export interface AddressState {
  state: string;
  at: number;
  source: string;
  text?: string | null | undefined;
}

/** By `addressKey`; index addresses_pkey. */
export async function loadAddressStates(
  db: Db,
  { contactIds }: { contactIds: number[] },
): Promise<Map<string, AddressState>> {
  const { rows } = await db.query<{
    contact_id: number;
    channel: string;
    address: string;
    state: string;
    state_at: Date;
    source: string;
    consent_text: string | null;
  }>({
    name: 'load_address_states',
    text: `select contact_id, channel, address, state, state_at, source, consent_text
             from addresses where contact_id = any($1::bigint[])`,
    values: [contactIds],
  });
  return new Map(
    rows.map(({ contact_id: contactId, channel, address, ...row }) => [
      addressKey({ contactId, channel, address }),
      { state: row.state, at: row.state_at.getTime(), source: row.source, text: row.consent_text },
    ]),
  );
}

/** The person said yes at this address. */
export interface Confirmation {
  contactId: number;
  workspaceId: number;
  channel: string;
  address: string;
  at: number;
  source: string;
  text: string | null;
}

export async function confirmAddresses(
  tx: Tx,
  { confirmations: rows }: { confirmations: readonly Confirmation[] },
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source, consent_text)
     select contact_id, channel, address, workspace_id, 'subscribed', at, source, consent_text
       from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[])
            as row (contact_id, channel, address, workspace_id, at, source, consent_text)
         on conflict on constraint addresses_pkey do update
        set state = excluded.state, state_at = excluded.state_at, source = excluded.source,
            reason = null, consent_text = coalesce(addresses.consent_text, excluded.consent_text)`,
    [
      rows.map((row) => row.contactId),
      rows.map((row) => row.channel),
      rows.map((row) => row.address),
      rows.map((row) => row.workspaceId),
      rows.map((row) => instant(row.at)),
      rows.map((row) => row.source),
      rows.map((row) => row.text),
    ],
  );
}

import { findChannel, type AddressKind } from '@perennial/channels';
import type { Tx } from '../db/index.ts';
import {
  LANES,
  type IdentifierKind,
  type Source,
  type Stamped,
  type SuppressionItem,
} from '../inbox/index.ts';
import { enqueueStamped } from '../slots/index.ts';
import {
  deleteOfJob,
  deleteOfWorkflows,
  deleteSuppressions,
  findSharers,
  insertSuppressions,
  keyOf,
  type AddressKey,
  type NewSuppression,
  type SuppressionReason,
  type SuppressionRow,
} from './queries.ts';

export interface SuppressionToWrite extends NewSuppression {
  source: Source;
  /** The delivery that led to it. */
  sendId?: number;
  /** The user who wrote it down. */
  by?: string;
  /** How many runs and facts stand in the chain that caused it. */
  depth?: number;
}

/**
 * Addresses said no. The rows hold from the commit on, whatever waits in the inbox; the facts of
 * all contacts with these addresses go to their slots' queues with the same commit. Answers what
 * was not known before.
 */
export async function suppressAddresses(
  tx: Tx,
  {
    suppressions,
    slots,
    now,
  }: { suppressions: readonly SuppressionToWrite[]; slots: number; now: Date },
): Promise<SuppressionRow[]> {
  const written = await insertSuppressions(tx, { suppressions });
  const wanted = new Map(suppressions.map((row) => [`${keyOf(row)} ${row.reason}`, row]));
  const tellings = written.map((row): Telling => {
    const key = { ...row, workspaceId: row.workspace_id };
    const { source, since, until, details, by, sendId, deliveryId, contactId, depth } = wanted.get(
      `${keyOf(key)} ${row.reason}`,
    )!;
    return {
      key,
      contactId,
      item: {
        kind: 'suppression',
        ids: [],
        at: since.getTime(),
        source,
        channel: row.channel,
        address: row.address,
        reason: row.reason,
        ...(until && { until: until.getTime() }),
        ...(details !== undefined && { details }),
        ...(by !== undefined && { by }),
        ...(depth !== undefined && { depth }),
        ...(sendId !== undefined && deliveryId !== undefined && { send: { sendId, deliveryId } }),
      },
    };
  });
  await tellSharers(tx, { tellings, slots, now });
  return written;
}

/** One address; false if it was known. */
export async function suppressAddress(
  tx: Tx,
  { suppression, ...rest }: { suppression: SuppressionToWrite; slots: number; now: Date },
): Promise<boolean> {
  return (await suppressAddresses(tx, { suppressions: [suppression], ...rest })).length > 0;
}

/** What the person alone takes back: nobody says yes for somebody else. */
export const REFUSALS = ['unsubscribed', 'complained'] as const;

/** The words by which the person took it back, and where they stood. */
type Said = Required<Pick<SuppressionItem, 'text' | 'send'>>;

/** Takes reasons back; answers those that were there. */
export async function liftSuppressions(
  tx: Tx,
  {
    addresses,
    reasons,
    source,
    by,
    said,
    slots,
    now,
  }: {
    addresses: readonly AddressKey[];
    reasons: readonly SuppressionReason[];
    source: Source;
    /** The user who did it. */
    by?: string;
    said?: Said | undefined;
    slots: number;
    now: Date;
  },
): Promise<SuppressionRow[]> {
  const gone = await deleteSuppressions(tx, { addresses, reasons });
  return tellLifted(tx, { gone, source, by, said, slots, now });
}

/** Takes back what a workflow's block did, and nothing that the person said. */
export async function liftOfWorkflows(
  tx: Tx,
  {
    addresses,
    ...telling
  }: { addresses: readonly AddressKey[]; depth: number; slots: number; now: Date },
): Promise<SuppressionRow[]> {
  const gone = await deleteOfWorkflows(tx, { addresses });
  return tellLifted(tx, { gone, source: 'workflow', by: undefined, ...telling });
}

/** Takes back what a bulk action did, by the contacts it did it for; answers what was still its own. */
export async function takeBackOfJob(
  tx: Tx,
  {
    workspaceId,
    jobId,
    contactIds,
    ...telling
  }: {
    workspaceId: number;
    jobId: number;
    contactIds: readonly number[];
    by: string;
    slots: number;
    now: Date;
  },
): Promise<SuppressionRow[]> {
  const gone = await deleteOfJob(tx, { workspaceId, jobId, contactIds });
  return tellLifted(tx, { gone, source: 'manual', ...telling });
}

async function tellLifted(
  tx: Tx,
  {
    gone,
    source,
    by,
    said,
    depth,
    slots,
    now,
  }: {
    gone: SuppressionRow[];
    source: Source;
    by: string | undefined;
    said?: Said | undefined;
    depth?: number;
    slots: number;
    now: Date;
  },
): Promise<SuppressionRow[]> {
  // Of a block that was over nothing is taken back.
  const held = gone.filter((row) => row.until === null || row.until > now);
  const tellings = held.map((row): Telling => ({
    key: { ...row, workspaceId: row.workspace_id },
    contactId: row.contact_id ?? undefined,
    item: {
      kind: 'suppression',
      ids: [],
      at: now.getTime(),
      source,
      channel: row.channel,
      address: row.address,
      reason: row.reason,
      lifted: true,
      ...(by !== undefined && { by }),
      ...(depth !== undefined && { depth }),
      ...said,
    },
  }));
  await tellSharers(tx, { tellings, slots, now });
  return held;
}

/** By which identifier the contacts of an address are found; the app's own IDs are the contact's. */
const IDENTIFIER_OF: Record<AddressKind, IdentifierKind | undefined> = {
  email: 'email',
  phone: 'phone',
  push_token: 'push_token',
  web_push: 'web_push',
  chat_id: 'chat_id',
  app: undefined,
};

/** A fact of everybody who has the address. */
interface Telling {
  key: AddressKey;
  item: SuppressionItem;
  /** Of whom it is known without looking. */
  contactId: number | undefined;
}

async function tellSharers(
  tx: Tx,
  { tellings, slots, now }: { tellings: readonly Telling[]; slots: number; now: Date },
): Promise<void> {
  const sharers = Map.groupBy(
    await findSharers(tx, { identifiers: tellings.flatMap(({ key }) => identifierOf(key)) }),
    (row) => `${row.workspace_id} ${row.kind} ${row.value}`,
  );
  const stamped = tellings.flatMap(({ key, item, contactId }): Stamped[] => {
    const found = identifierOf(key).flatMap(
      ({ workspaceId, kind, value }) => sharers.get(`${workspaceId} ${kind} ${value}`) ?? [],
    );
    const contacts = new Set(found.map((row) => row.contact_id));
    if (contactId) contacts.add(contactId);
    return [...contacts].map((id) => ({
      workspaceId: key.workspaceId,
      contactId: id,
      receivedAt: now.getTime(),
      lane: LANES.interactive,
      item,
    }));
  });
  await enqueueStamped(tx, { stamped, slots });
}

function identifierOf({
  workspaceId,
  channel,
  address,
}: AddressKey): { workspaceId: number; kind: IdentifierKind; value: string }[] {
  const definition = findChannel(channel);
  const kind = definition && IDENTIFIER_OF[definition.address];
  return kind ? [{ workspaceId, kind, value: address }] : [];
}

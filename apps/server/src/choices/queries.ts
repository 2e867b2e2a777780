import { MOST_VARIANTS } from '@perennial/blocks';
import type { Db, Tx } from '../db/index.ts';
import type { BlockRef } from './block-state.ts';

/**
 * Messages that a block may choose, by ID: what is archived, or a template, is not sent. Of too many
 * the newest. Indexes tag_links_of_tag, messages_pkey.
 */
export async function findTagged(
  db: Db,
  {
    workspaceId,
    channel,
    include,
    exclude,
  }: {
    workspaceId: number;
    channel: string;
    include: readonly number[];
    exclude: readonly number[];
  },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>({
    name: 'find_tagged_messages',
    text: `select m.id
             from messages m
            where m.workspace_id = $1 and m.channel = $2 and m.archived_at is null and not m.template
              and m.id in (select object_id from tag_links
                            where tag_id = any($3::bigint[]) and object_kind = 'message')
              and m.id not in (select object_id from tag_links
                                where tag_id = any($4::bigint[]) and object_kind = 'message')
            order by m.id desc
            limit $5`,
    values: [workspaceId, channel, include, exclude, MOST_VARIANTS],
  });
  return rows.map((row) => row.id).toSorted((a, b) => a - b);
}

/** When contacts were sent messages last, since then, by whatever. Index sends_counting. */
export async function findSentSince(
  db: Db,
  {
    contactIds,
    messageIds,
    since,
  }: { contactIds: readonly number[]; messageIds: readonly number[]; since: Date },
): Promise<{ contact_id: number; message_id: number; at: Date }[]> {
  const { rows } = await db.query<{ contact_id: number; message_id: number; at: Date }>({
    name: 'find_variants_sent',
    text: `select contact_id, message_id, max(counts_at) as at
             from sends
            where contact_id = any($1::bigint[]) and counts_at > $3 and message_id = any($2::bigint[])
              and decision = 'sent'
            group by contact_id, message_id`,
    values: [contactIds, messageIds, since],
  });
  return rows;
}

/** What is known of a variant. */
export interface VariantCounts {
  message_id: number;
  chosen: number;
  settled: number;
  succeeded: number;
  succeeded_machines: number;
  void: number;
  lift: number;
  lift_squares: number;
}

/** All slots together. Index choice_counts_pkey. */
export async function readCounts(
  db: Db,
  { workflowId, block, epochs }: BlockRef & { epochs: readonly number[] },
): Promise<Map<number, VariantCounts>> {
  const { rows } = await db.query<VariantCounts>({
    name: 'read_choice_counts',
    text: `select message_id, sum(chosen)::bigint as chosen, sum(settled)::bigint as settled,
                  sum(succeeded)::bigint as succeeded,
                  sum(succeeded_machines)::bigint as succeeded_machines, sum(void)::bigint as void,
                  sum(lift) as lift, sum(lift_squares) as lift_squares
             from choice_counts
            where workflow_id = $1 and block = $2 and epoch = any($3::integer[])
            group by message_id`,
    values: [workflowId, block, epochs],
  });
  return new Map(rows.map((row) => [row.message_id, row]));
}

/** What is to be added to the counts of a variant. */
export interface CountChange extends BlockRef {
  epoch: number;
  messageId: number;
  chosen: number;
  settled: number;
  succeeded: number;
  succeededMachines: number;
  void: number;
  lift: number;
  liftSquares: number;
}

/** Under a slot that the transaction owns. */
export async function addCounts(
  tx: Tx,
  { changes, slot }: { changes: readonly CountChange[]; slot: number },
): Promise<void> {
  if (changes.length === 0) return;
  await tx.query({
    name: 'add_choice_counts',
    text: `insert into choice_counts (workflow_id, block, epoch, message_id, slot, chosen, settled, succeeded,
                                      succeeded_machines, void, lift, lift_squares)
           select workflow_id, block, epoch, message_id, $1, sum(chosen), sum(settled), sum(succeeded),
                  sum(succeeded_machines), sum(void), sum(lift), sum(lift_squares)
             from unnest($2::bigint[], $3::text[], $4::integer[], $5::bigint[], $6::bigint[], $7::bigint[],
                         $8::bigint[], $9::bigint[], $10::bigint[], $11::float8[], $12::float8[])
               as change (workflow_id, block, epoch, message_id, chosen, settled, succeeded, succeeded_machines,
                          void, lift, lift_squares)
            group by workflow_id, block, epoch, message_id
               on conflict on constraint choice_counts_pkey
               do update set chosen = choice_counts.chosen + excluded.chosen,
                             settled = choice_counts.settled + excluded.settled,
                             succeeded = choice_counts.succeeded + excluded.succeeded,
                             succeeded_machines = choice_counts.succeeded_machines + excluded.succeeded_machines,
                             void = choice_counts.void + excluded.void,
                             lift = choice_counts.lift + excluded.lift,
                             lift_squares = choice_counts.lift_squares + excluded.lift_squares`,
    values: [
      slot,
      changes.map((row) => row.workflowId),
      changes.map((row) => row.block),
      changes.map((row) => row.epoch),
      changes.map((row) => row.messageId),
      changes.map((row) => row.chosen),
      changes.map((row) => row.settled),
      changes.map((row) => row.succeeded),
      changes.map((row) => row.succeededMachines),
      changes.map((row) => row.void),
      changes.map((row) => row.lift),
      changes.map((row) => row.liftSquares),
    ],
  });
}

export interface NewChoice extends BlockRef {
  contactId: number;
  sendId: number;
  workspaceId: number;
  slot: number;
  version: number;
  runId: number;
  epoch: number;
  messageId: number;
  probability: number;
  available: number;
  dueAt: Date;
}

export async function insertChoices(
  tx: Tx,
  { choices, now }: { choices: readonly NewChoice[]; now: Date },
): Promise<void> {
  await tx.query({
    name: 'insert_choices',
    text: `insert into choices (contact_id, send_id, workspace_id, slot, workflow_id, version, run_id, block, epoch,
                                message_id, probability, available, chosen_at, due_at)
           select contact_id, send_id, workspace_id, slot, workflow_id, version, run_id, block, epoch, message_id,
                  probability, available, $14, due_at
             from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::integer[], $5::bigint[], $6::integer[],
                         $7::bigint[], $8::text[], $9::integer[], $10::bigint[], $11::float8[], $12::integer[],
                         $13::timestamptz[])
               as chosen (contact_id, send_id, workspace_id, slot, workflow_id, version, run_id, block, epoch,
                          message_id, probability, available, due_at)`,
    values: [
      choices.map((row) => row.contactId),
      choices.map((row) => row.sendId),
      choices.map((row) => row.workspaceId),
      choices.map((row) => row.slot),
      choices.map((row) => row.workflowId),
      choices.map((row) => row.version),
      choices.map((row) => row.runId),
      choices.map((row) => row.block),
      choices.map((row) => row.epoch),
      choices.map((row) => row.messageId),
      choices.map((row) => row.probability),
      choices.map((row) => row.available),
      choices.map((row) => row.dueAt),
      now,
    ],
  });
}

/** Choices of today, by variant, under a slot that the transaction owns. */
export async function addDays(
  tx: Tx,
  { choices, slot, now }: { choices: readonly NewChoice[]; slot: number; now: Date },
): Promise<void> {
  await tx.query({
    name: 'add_choice_days',
    text: `insert into choice_days (workflow_id, block, day, message_id, slot, chosen)
           select workflow_id, block, $2::date, message_id, $1, count(*)
             from unnest($3::bigint[], $4::text[], $5::bigint[]) as chosen (workflow_id, block, message_id)
            group by workflow_id, block, message_id
               on conflict on constraint choice_days_pkey
               do update set chosen = choice_days.chosen + excluded.chosen`,
    values: [
      slot,
      now.toISOString().slice(0, 10),
      choices.map((row) => row.workflowId),
      choices.map((row) => row.block),
      choices.map((row) => row.messageId),
    ],
  });
}

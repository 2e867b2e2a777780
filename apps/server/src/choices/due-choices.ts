import type { Tx } from '../db/index.ts';
import type { DueColumn } from '../slots/index.ts';

/** Choices whose windows close. Index choices_due. */
export const choicesDue: DueColumn = { table: 'choices', column: 'due_at' };

/** A choice whose window may have closed. */
export interface DueChoice {
  contact_id: number;
  send_id: number;
  workspace_id: number;
  slot: number;
  workflow_id: number;
  version: number;
  block: string;
  epoch: number;
  message_id: number;
  probability: number;
  available: number;
  chosen_at: Date;
  due_at: Date;
  /** When a provider took it; null: none has, or nobody knows when. */
  handed_at: Date | null;
  /** Some of it has still to leave. */
  leaving: boolean;
  /** Some of it left, and did not come back. */
  arrived: boolean;
  /** When the block chose for the contact again. */
  next_at: Date | null;
}

/**
 * Of these slots, the first that are due, with what became of their sends. Indexes choices_due,
 * deliveries_pkey, choices_pkey.
 */
export async function findDueChoices(
  tx: Tx,
  bounds: { slots: number[]; until: Date; marks: string; queued: string; limit: number },
): Promise<DueChoice[]> {
  const { rows } = await tx.query<DueChoice>({
    name: 'find_due_choices',
    text: `with due as (
             select contact_id, send_id, workspace_id, slot, workflow_id, version, block, epoch, message_id,
                    probability, available, chosen_at, due_at
               from choices
              where slot = any($1::integer[]) and due_at <= $2
                and due_at <= to_timestamp(($3::jsonb ->> workspace_id::text)::float8 / 1000)
                and due_at < coalesce(to_timestamp(($4::jsonb ->> slot::text)::float8 / 1000), 'infinity')
              order by due_at
              limit $5
           )
           select due.*, sent.handed_at, coalesce(sent.leaving, false) as leaving,
                  coalesce(sent.arrived, false) as arrived, later.next_at
             from due
            cross join lateral (
                  select min(d.handed_at) filter (where d.state = 'accepted') as handed_at,
                         bool_or(d.state in ('planned', 'handed_over')) as leaving,
                         bool_or(d.state = 'accepted' and d.status <> 'undelivered') as arrived
                    from deliveries d
                   where d.contact_id = due.contact_id and d.send_id = due.send_id) sent
            cross join lateral (
                  select min(c.chosen_at) as next_at
                    from choices c
                   where c.contact_id = due.contact_id and c.send_id > due.send_id
                     and c.workflow_id = due.workflow_id and c.block = due.block) later`,
    values: [bounds.slots, bounds.until, bounds.marks, bounds.queued, bounds.limit],
  });
  return rows;
}

/** Looks again at these later. */
export async function postponeChoices(
  tx: Tx,
  { choices }: { choices: readonly { choice: DueChoice; until: Date }[] },
): Promise<void> {
  if (choices.length === 0) return;
  await tx.query({
    name: 'postpone_choices',
    text: `update choices
              set due_at = later.due_at
             from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as later (contact_id, send_id, due_at)
            where choices.contact_id = later.contact_id and choices.send_id = later.send_id`,
    values: [
      choices.map(({ choice }) => choice.contact_id),
      choices.map(({ choice }) => choice.send_id),
      choices.map(({ until }) => until),
    ],
  });
}

export type ChoiceOutcome = 'succeeded' | 'failed' | 'machine' | 'void';

export async function markSettled(
  tx: Tx,
  {
    settled,
    now,
  }: { settled: readonly { choice: DueChoice; outcome: ChoiceOutcome }[]; now: Date },
): Promise<void> {
  if (settled.length === 0) return;
  await tx.query({
    name: 'settle_choices',
    text: `update choices
              set due_at = null, outcome = told.outcome, settled_at = $4
             from unnest($1::bigint[], $2::bigint[], $3::text[]) as told (contact_id, send_id, outcome)
            where choices.contact_id = told.contact_id and choices.send_id = told.send_id`,
    values: [
      settled.map(({ choice }) => choice.contact_id),
      settled.map(({ choice }) => choice.send_id),
      settled.map(({ outcome }) => outcome),
      now,
    ],
  });
}

import { inTransaction, type Pool } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { createRunWorld, SLOTS, T0 } from '../runs/test-world.ts';
import { settleChoices } from './settle-choices.ts';

interface TestChoice {
  contact_id: number;
  send_id: number;
  message_id: number;
  probability: number;
  available: number;
  due_at: Date | null;
  outcome: string | null;
}

/** A workspace whose workflows choose among messages of one tag. */
export async function createChoiceWorld(pool: Pool) {
  const world = await createRunWorld(pool);
  const { workspaceId } = world;

  async function tag(name: string): Promise<number> {
    const { rows } = await pool.query<{ id: number }>(
      `insert into tags (workspace_id, name, created_at) values ($1, $2, $3) returning id`,
      [workspaceId, name, new Date(T0)],
    );
    return rows[0]!.id;
  }

  const tagId = await tag('variants');

  async function choices(): Promise<TestChoice[]> {
    const { rows } = await pool.query<TestChoice>(
      `select contact_id, send_id, message_id, probability, available, due_at, outcome
         from choices where workspace_id = $1 order by send_id`,
      [workspaceId],
    );
    return rows;
  }

  return {
    ...world,
    tag,
    tagId,
    choices,

    /** A message that bears the tag. */
    async variant(tags: readonly number[] = [tagId], sending: JsonObject = {}): Promise<number> {
      const id = await world.message(sending);
      await pool.query(
        `insert into tag_links (tag_id, object_kind, object_id) select unnest($1::bigint[]), 'message', $2`,
        [tags, id],
      );
      return id;
    },

    /** A workflow of one such block and a rest; starts by the event `Go`. */
    choosing: (settings: JsonObject = {}): Promise<number> =>
      world.workflow({
        language: 1,
        start: { type: 'event', event: 'Go' },
        limits: { one_at_a_time: false },
        first: 'pick',
        blocks: {
          pick: {
            type: 'one_from_many',
            channel: 'email',
            include: [String(tagId)],
            ...settings,
            exits: { next: 'rest', failed: 'sorry' },
          },
          rest: { type: 'timer', wait: { n: 60, unit: 'day' } },
          sorry: { type: 'timer', wait: { n: 60, unit: 'day' } },
        },
      }),

    /** A provider took what was planned, then. */
    handOver: (at: number) =>
      pool.query(
        `update deliveries set state = 'accepted', status = 'sent', handed_at = $2, due_at = null
          where workspace_id = $1 and state = 'planned'`,
        [workspaceId, new Date(at)],
      ),

    /** Closes the windows that are due by then; answers how many were looked at. */
    settle: (now: number, limit = 1_000): Promise<number> =>
      inTransaction(pool, (tx) =>
        settleChoices(tx, {
          slots: Array.from({ length: SLOTS }, (_, slot) => slot),
          marks: new Map([[workspaceId, now]]),
          now: new Date(now),
          limit,
          eventTypes: world.capabilities.eventTypes,
        }),
      ),

    /** By message, of all slots and epochs. */
    async counted(): Promise<
      Record<
        number,
        Record<'chosen' | 'settled' | 'succeeded' | 'succeeded_machines' | 'void', number>
      >
    > {
      const { rows } = await pool.query<{ message_id: number } & Record<string, number>>(
        `select message_id, sum(chosen)::int as chosen, sum(settled)::int as settled,
                sum(succeeded)::int as succeeded, sum(succeeded_machines)::int as succeeded_machines,
                sum(void)::int as void
           from choice_counts c join workflows w on w.id = c.workflow_id
          where w.workspace_id = $1 group by message_id order by message_id`,
        [workspaceId],
      );
      return Object.fromEntries(rows.map(({ message_id: id, ...counts }) => [id, counts])) as never;
    },
  };
}

export type ChoiceWorld = Awaited<ReturnType<typeof createChoiceWorld>>;

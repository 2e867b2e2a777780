import { inTransaction } from '../apps/server/src/db/index.ts';
import type { Bench, BenchContext } from './bench.ts';
import type { BenchDatabase } from './database.ts';
import { followAround } from './follow-around.ts';
import { rate, timed } from './measure.ts';
import { fillContacts } from './population.ts';
import { startBenchProgram } from './program.ts';
import { addRuns, addWorkflow } from './runs.ts';
import { withWork } from './work.ts';

const CONTACTS = 300_000;
const TOMORROW = Date.now() + 86_400_000;
/** Of each run: a timer that was entered is a step when it ends. */
const STEPS = 2;

/** Two steps without waiting, then a timer that ends tomorrow. */
const DEFINITION = {
  language: 1,
  start: { type: 'manual' },
  stop: [],
  limits: {},
  first: 'sort',
  blocks: {
    sort: {
      type: 'if',
      condition: { type: 'field', field: 'first_name', op: 'is_set' },
      exits: { yes: 'half', no: 'half' },
    },
    half: {
      type: 'split',
      weights: [1, 1],
      exits: { a: 'wait', b: 'wait' },
    },
    wait: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: {} },
  },
};

export const stepsBench: Bench = {
  name: 'steps',
  title: 'Workflow steps: if, split, timer',
  async run(context) {
    const { database, scale } = context;
    const { pool } = database;
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    const workflowId = await addWorkflow(database, { key: 'steps', definition: DEFINITION });
    const runs = Math.round(60_000 * scale);
    await addRuns(database, {
      runs,
      contacts: CONTACTS,
      workflowId,
      block: 'sort',
      wakeAt: TOMORROW,
    });
    const limit = await sameRows(context);
    const before = await stepsTaken(context);
    const ms = await withWork(database, async () => {
      await makeDue(context);
      return timed(() => until(async () => (await stepsTaken(context)) >= before + runs * STEPS));
    });
    const { rows } = await pool.query<{ n: number }>(
      `select count(*) as n from runs where block = 'wait' and wake_at is not null`,
    );
    if (rows[0]!.n !== runs) throw new Error(`${rows[0]!.n} of ${runs} runs wait at the timer`);
    return [
      {
        what: 'workflow steps',
        value: rate(runs * STEPS, ms),
        unit: '/s',
        budget: 10_000,
        limit: { what: 'update of runs and insert of history for the same rows', value: limit },
      },
    ];
  },
};

export const timersBench: Bench = {
  name: 'timers',
  title: 'Timers: a million runs due at the same instant, while events arrive',
  async run({ database, scale }) {
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    const workflowId = await addWorkflow(database, {
      key: 'timers',
      definition: {
        ...DEFINITION,
        first: 'wait',
        blocks: {
          wait: { type: 'timer', wait: { n: 1, unit: 'minute' }, exits: { next: 'end' } },
          end: { type: 'end' },
        },
      },
    });
    const runs = Math.round(1_000_000 * scale);
    await addRuns(database, {
      runs,
      contacts: CONTACTS,
      workflowId,
      block: 'wait',
      wakeAt: TOMORROW,
    });
    const at = Date.now() + PREPARE_MS + runs / 20;
    // They have waited: the timer was entered before.
    await database.pool.query(`update runs set steps = 1, results = '{}', wake_at = $1`, [
      new Date(at),
    ]);
    await database.pool.query('vacuum analyze runs');
    const program = await startBenchProgram(database, { role: 'all' });
    let ms = 0;
    const latency = await followAround(
      { database, program, contacts: CONTACTS },
      {
        at,
        async act() {
          ms = await timed(() => until(() => isDrained(database)));
        },
      },
    );
    await program.stop();
    return [
      {
        what: `${runs.toLocaleString('en')} runs due at one instant, drained`,
        value: ms / 1000,
        unit: 's',
        budget: 120 * scale,
        atMost: true,
      },
      ...latency,
    ];
  },
};

const PREPARE_MS = 40_000;

async function isDrained({ pool }: BenchDatabase): Promise<boolean> {
  const { rows } = await pool.query(`select from runs where wake_at is not null limit 1`);
  return rows.length === 0;
}

/** Only now, when the threads are at work: starting them is not what is measured. */
async function makeDue({ database: { pool } }: Pick<BenchContext, 'database'>): Promise<void> {
  await pool.query('update runs set wake_at = $1', [new Date()]);
  await pool.query('notify perennial_slots');
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function stepsTaken({ database: { pool } }: BenchContext): Promise<number> {
  const { rows } = await pool.query<{ n: number }>('select count(*) as n from run_steps');
  return rows[0]!.n;
}

/** What the database needs for the same rows, without deciding anything; rolled back. */
async function sameRows({ database: { pool, workspaceId } }: BenchContext): Promise<number> {
  const size = 2000;
  const rounds = 5;
  const ms = await timed(async () => {
    for (let round = 0; round < rounds; round += 1) {
      await inTransaction(pool, async (tx) => {
        const { rows } = await tx.query<{ contact_id: number; id: number }>(
          `select contact_id, id from runs where wake_at is not null limit $1`,
          [size],
        );
        const contacts = rows.map((row) => row.contact_id);
        const ids = rows.map((row) => row.id);
        await tx.query(
          `update runs r set block = 'wait', wake_at = $3, steps = 2
             from unnest($1::bigint[], $2::bigint[]) as row (contact_id, id)
            where r.contact_id = row.contact_id and r.id = row.id`,
          [contacts, ids, new Date(Date.now() + 86_400_000)],
        );
        await tx.query(
          `insert into run_steps (contact_id, run_id, n, workspace_id, block, type, at, exit)
           select contact_id, id, n, $3, 'b', 'if', $4, 'yes'
             from unnest($1::bigint[], $2::bigint[]) as row (contact_id, id), generate_series(1, 2) as n`,
          [contacts, ids, workspaceId, new Date()],
        );
        await tx.query('rollback; begin');
      });
    }
  });
  return rate(size * rounds * STEPS, ms);
}

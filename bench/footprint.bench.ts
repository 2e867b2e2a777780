import { readFile, readdir } from 'node:fs/promises';
import { createInbox, LANES } from '../apps/server/src/inbox/index.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { timed } from './measure.ts';
import { fillContacts, someEvent } from './population.ts';
import { startBenchProgram } from './program.ts';
import { addRuns, addWorkflow } from './runs.ts';
import { withWork } from './work.ts';

const CONTACTS = 300_000;
/** After its start a program gives back what the start left behind. */
const SETTLE_MS = 40_000;
const IDLE_MS = 60_000;

export const footprintBench: Bench = {
  name: 'footprint',
  title: 'Footprint: disk of an event, restart with a backlog, idling with waiting runs',
  async run(context) {
    const { database, scale } = context;
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    const disk = await diskPerEvent(context, Math.round(200_000 * scale));
    const restart = await restartWithBacklog(context, Math.round(1_000_000 * scale));
    await database.pool.query('truncate inbox, slot_queue');
    const waiting = Math.round(5_000_000 * scale);
    const workflowId = await addWorkflow(database, {
      key: 'waiting',
      definition: {
        language: 1,
        start: { type: 'manual' },
        stop: [],
        limits: {},
        first: 'wait',
        blocks: { wait: { type: 'timer', wait: { n: 30, unit: 'day' }, exits: {} } },
      },
    });
    await addRuns(database, {
      runs: waiting,
      contacts: CONTACTS,
      workflowId,
      block: 'wait',
      wakeAt: Date.now() + 30 * 86_400_000,
    });
    // Else the server does that while it is watched: it belongs to the load, not to idling.
    await database.pool.query('vacuum (analyze)');
    await database.restart();
    return [disk, restart, ...(await idle(context, waiting))];
  },
};

async function append({ database }: BenchContext, items: number): Promise<void> {
  const inbox = createInbox({ pool: database.pool, clock: () => new Date() });
  for (let n = 0; n < items; n += 5000) {
    const batch = Array.from({ length: 5000 }, () =>
      someEvent({ contacts: CONTACTS, now: Date.now() }),
    );
    await inbox.append({ workspaceId: database.workspaceId, lane: LANES.stream, items: batch });
  }
  await inbox.close();
}

async function stored({ database: { pool } }: BenchContext): Promise<{ n: number; bytes: number }> {
  const { rows } = await pool.query<{ n: number; bytes: number }>(
    `select (select count(*) from events where message_id is not null) as n,
            (select sum(pg_total_relation_size(inhrelid))::bigint from pg_inherits where inhparent = 'events'::regclass) as bytes`,
  );
  return rows[0]!;
}

async function diskPerEvent(context: BenchContext, events: number): Promise<Figure> {
  const before = await stored(context);
  await append(context, events);
  await withWork(context.database, async () => {
    while ((await stored(context)).n < before.n + events)
      await new Promise((resolve) => setTimeout(resolve, 200));
  });
  const after = await stored(context);
  return {
    what: 'disk of a stored event with its indexes',
    value: (after.bytes - before.bytes) / (after.n - before.n),
    unit: 'bytes',
    budget: 400,
    atMost: true,
  };
}

/** From the start of the program to the first item applied, with the backlog a kill left. */
async function restartWithBacklog(context: BenchContext, backlog: number): Promise<Figure> {
  await append(context, backlog);
  const before = await stored(context);
  let program: Awaited<ReturnType<typeof startBenchProgram>> | undefined;
  const ms = await timed(async () => {
    const starting = startBenchProgram(context.database, { role: 'all' });
    while ((await stored(context)).n === before.n)
      await new Promise((resolve) => setTimeout(resolve, 20));
    program = await starting;
  });
  await program?.stop();
  return {
    what: `restart to the first applied item, ${backlog.toLocaleString('en')} items waiting`,
    value: ms / 1000,
    unit: 's',
    budget: 10,
    atMost: true,
  };
}

async function idle({ database }: BenchContext, waiting: number): Promise<Figure[]> {
  const program = await startBenchProgram(database, { role: 'all' });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const pidsNow = async (): Promise<number[]> => [program.pid, ...(await serverPids(database))];
  const pids = await pidsNow();
  const before = await ticksOf(pids);
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const after = await ticksOf(await pidsNow());
  // What a process that ended meanwhile had used before is not counted back.
  const spent =
    [...after].reduce((sum, [pid, ticks]) => sum + ticks - (before.get(pid) ?? 0), 0) /
    TICKS_PER_SECOND;
  const memory = await proportionalMegabytes(pids);
  await program.stop();
  const note = `${waiting.toLocaleString('en')} runs wait; program and database`;
  return [
    {
      what: 'idle: share of a core',
      value: (100 * spent * 1000) / IDLE_MS,
      unit: '%',
      budget: 1,
      atMost: true,
      note,
    },
    { what: 'idle: memory (PSS)', value: memory, unit: 'MB', budget: 350, atMost: true, note },
  ];
}

/** The server's processes: the postmaster and its children. */
async function serverPids({ pool }: BenchContext['database']): Promise<number[]> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const parent = (await statOf(rows[0]!.pid))?.parent;
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(all.map(async (pid) => ({ pid, stat: await statOf(pid) })));
  return stats
    .filter(({ pid, stat }) => pid === parent || stat?.parent === parent)
    .map(({ pid }) => pid);
}

/** Parent, and CPU time in clock ticks, of a process that may be gone. */
async function statOf(pid: number): Promise<{ parent: number; ticks: number } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields && { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

const TICKS_PER_SECOND = 100;

async function ticksOf(pids: number[]): Promise<Map<number, number>> {
  const stats = await Promise.all(
    pids.map(async (pid) => [pid, (await statOf(pid))?.ticks ?? 0] as const),
  );
  return new Map(stats);
}

async function proportionalMegabytes(pids: number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss: +(\d+)/m.exec(text)?.[1] ?? 0);
    }),
  );
  return sizes.reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024;
}

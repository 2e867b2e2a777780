import { createEventTypes } from '../apps/server/src/events/index.ts';
import { inTransaction } from '../apps/server/src/db/index.ts';
import { doSlice } from '../apps/server/src/jobs/do-work.ts';
import { longWork } from '../apps/server/src/main/long-work.ts';
import { createDynamic, requireRule } from '../apps/server/src/segments/index.ts';
import type { Bench, BenchContext } from './bench.ts';
import { fillContacts } from './population.ts';

const TRAINED = {
  language: 1,
  include: { type: 'event', event: 'Trained', period: { kind: 'last', n: 30, unit: 'day' } },
};

/** A new segment: everybody is asked, and a quarter of them become members. */
export const computeBench: Bench = {
  name: 'compute',
  title: 'Segments: the members of a new rule found and written',
  async run(context) {
    const { database, scale, log } = context;
    const contacts = Math.round(1_000_000 * scale);
    const events = Math.round(20_000_000 * scale);
    if (!(await isFilled(database))) {
      await fillContacts(database, { contacts, now: Date.now() });
      await fillEvents(context, { contacts, events });
    }
    log(`  ${contacts} contacts, ${events} events`);
    const { asked, written, members } = await computeNew(context);
    const n = members.toLocaleString('en');
    return [
      {
        what: `asked of ${contacts.toLocaleString('en')} contacts, ${events.toLocaleString('en')} events`,
        value: asked / 1000,
        unit: 's',
      },
      {
        what: `${n} members found and written, with their facts`,
        value: (asked + written) / 1000,
        unit: 's',
        budget: 10 * scale,
        atMost: true,
      },
    ];
  },
};

/** Whether a kept folder holds what an earlier run made. */
async function isFilled({ pool }: BenchContext['database']): Promise<boolean> {
  const { rows } = await pool.query<{ made: boolean }>(
    `select exists (select from contacts) as made`,
  );
  return rows[0]!.made;
}

/** A quarter of the contacts trained within the month; the rest are other events of two years. */
async function fillEvents(
  { database: { pool, workspaceId } }: BenchContext,
  { contacts, events }: { contacts: number; events: number },
): Promise<void> {
  const types = ['Trained', ...Array.from({ length: 9 }, (_, n) => `Type${n}`)];
  const ids = await createEventTypes(pool).idsOf(workspaceId, types, new Date());
  await pool.query(
    `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source, params)
     select case when n % 40 = 0 then 1 + n / 40 % ($3::bigint / 4) else 1 + n % $3 end, n,
            case when n % 40 = 0 then $1::bigint else ($4::bigint[])[1 + n % 9] end,
            case when n % 40 = 0 then now() - n % 29 * interval '1 day'
                 else now() - n % 700 * interval '1 day' end,
            now(), $2, 'sdk', '{"kind": "Strength", "burned": 320}'
       from generate_series(1, $5::bigint) as n`,
    [
      ids.get('Trained'),
      workspaceId,
      contacts,
      types.slice(1).map((type) => ids.get(type)),
      events,
    ],
  );
  await pool.query(`select setval('event_ids', $1)`, [events + 1]);
  await pool.query('vacuum analyze events');
}

async function computeNew({
  database: { pool, workspaceId },
}: BenchContext): Promise<{ asked: number; written: number; members: number }> {
  const clock = (): Date => new Date();
  const begun = clock().toISOString();
  const by = {
    workspaceId,
    actor: { kind: 'system' as const, id: null, name: 'bench' },
    at: clock(),
  };
  const segment = await inTransaction(pool, async (tx) => {
    const checked = await requireRule(tx, { workspaceId, definition: TRAINED });
    return createDynamic(tx, { workspaceId, by, name: `Trained ${begun}`, checked });
  });
  const { rows } = await pool.query<{ id: number }>(
    `select job_id as id from segment_versions where segment_id = $1`,
    [segment.id],
  );
  const work = { pool, kinds: longWork, clock, stopping: new AbortController().signal };
  const began = performance.now();
  // The slots are passed, then everybody is asked.
  await doSlice(work, { id: rows[0]!.id });
  await doSlice(work, { id: rows[0]!.id });
  const asked = performance.now() - began;
  while ((await doSlice(work, { id: rows[0]!.id })) === 'go on');
  const { rows: sizes } = await pool.query<{ n: number }>(
    `select sum(members)::int as n from segment_sizes where segment_id = $1`,
    [segment.id],
  );
  return { asked, written: performance.now() - began - asked, members: sizes[0]!.n };
}

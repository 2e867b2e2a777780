import { makeDueCalls } from '../../calls/drive-calls.ts';
import { launchForRun } from '../../campaigns/launch-for-run.ts';
import { doSlice } from '../../jobs/do-work.ts';
import { askWaitingStart, fireRegular, planDates } from '../../runs/index.ts';
import { aroundContacts } from '../around-contacts.ts';
import { longWork } from '../long-work.ts';
import { SLOTS } from '../test-workflows.ts';
import type { Place, Stop } from './test-place.ts';
import type { Who } from './test-scenario.ts';

/** Until nothing waits, taken in batches as the case says. */
export async function settle(place: Place, asked: Stop['asked']): Promise<void> {
  const { pool, world } = place;
  const clock = () => new Date(world.now());
  const parts = { pool, questions: aroundContacts.questions, slots: SLOTS, clock };
  do {
    await drain(place);
    while ((await fireRegular(parts)) || (await planDates(parts)));
    asked.push(...(await waitingStarts(place)));
    while (await askWaitingStart(parts));
    await makeDueCalls({ ...place.peer, ...parts });
    while (await launchForRun(parts));
    await workOn(place);
  } while (await isOpen(place));
}

/** Members of a segment are started in slices. */
async function workOn({ pool, world }: Place): Promise<void> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from jobs where workspace_id = $1 and state in ('queued', 'running') order by id`,
    [world.workspaceId],
  );
  const { signal: stopping } = new AbortController();
  const parts = { pool, kinds: longWork, clock: () => new Date(world.now()), stopping };
  for (const { id } of rows) while ((await doSlice(parts, { id })) === 'go on');
}

/** Who an event is of that starts a workflow for others, in the order in which it is asked. */
async function waitingStarts({ pool, workflows, people }: Place): Promise<Stop['asked']> {
  const { rows } = await pool.query<{ who: Who; workflow: number }>(
    `select ($2::text[])[array_position($3::bigint[], s.contact_id)] as who,
            array_position($1::bigint[], s.workflow_id) - 1 as workflow
       from waiting_starts s
      order by s.id`,
    [workflows, [...people.keys()], [...people.values()]],
  );
  return rows;
}

async function drain(place: Place): Promise<void> {
  const { workers, resolved: resolvedAtOnce, applied: appliedAtOnce } = place.batching;
  do await place.world.drain({ workers, resolvedAtOnce, appliedAtOnce });
  while (await isOpen(place));
}

async function isOpen({ pool }: Place): Promise<boolean> {
  const { rows } = await pool.query<{ n: number }>(
    `select (select count(*) from inbox) + (select count(*) from slot_queue) as n`,
  );
  return rows[0]!.n > 0;
}

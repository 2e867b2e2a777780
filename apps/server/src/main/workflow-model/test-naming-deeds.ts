import { inTransaction } from '../../db/transaction.ts';
import type { Origin } from '../../http/index.ts';
import type { InboxItem } from '../../inbox/index.ts';
import { beginSteering } from '../../runs/steer/begin-steering.ts';
import { user } from '../test-workflows.ts';
import type { Place } from './test-place.ts';
import { report } from './test-reports.ts';
import { isNaming, type Deed, type NamingDeed } from './test-scenario.ts';

/** Ada, who does by hand what is done by hand. */
export function byAda({ world }: Pick<Place, 'world'>): Origin {
  return {
    workspaceId: world.workspaceId,
    actor: { kind: 'user', id: 1, name: 'Ada' },
    at: new Date(world.now()),
  };
}

/**
 * Finds what deeds of a moment name before anything else of it is seen. Some are done with that; answers the items that
 * the others send, by deed.
 */
export async function nameThings(
  place: Place,
  deeds: readonly Deed[],
): Promise<Map<Deed, InboxItem>> {
  const items = new Map<Deed, InboxItem>();
  for (const deed of deeds) {
    const item = isNaming(deed) ? await nameThing(place, deed) : undefined;
    if (item) items.set(deed, item);
  }
  return items;
}

async function nameThing(place: Place, deed: NamingDeed): Promise<InboxItem | undefined> {
  switch (deed.do) {
    case 'report':
      await report(place, deed);
      return undefined;
    case 'stop_all':
    case 'retry_all':
      await steerAll(place, deed);
      return undefined;
    case 'undo':
      return undoingOf(place, deed);
    case 'stop_run':
    case 'retry_run':
      return steeringOf(place, deed);
  }
}

async function steerAll(
  place: Place,
  { do: what, workflow }: Extract<NamingDeed, { do: 'stop_all' | 'retry_all' }>,
): Promise<void> {
  const { pool, world, workflows, states } = place;
  // That is refused by the call itself.
  if (what === 'retry_all' && states[workflow] === 'archived') return;
  await inTransaction(pool, (tx) =>
    beginSteering(tx, {
      workspaceId: world.workspaceId,
      id: workflows[workflow]!,
      by: byAda(place),
      what: what === 'stop_all' ? 'stop' : 'retry',
      selection: {},
    }),
  );
}

async function undoingOf(
  { pool, world }: Place,
  { n }: Extract<NamingDeed, { do: 'undo' }>,
): Promise<InboxItem | undefined> {
  const { rows } = await pool.query<{ id: number; keep_id: number }>(
    `select id, keep_id from merges where workspace_id = $1 and state = 'applied' order by id`,
    [world.workspaceId],
  );
  const merge = rows[n % rows.length];
  if (!merge) return undefined;
  return {
    kind: 'part',
    ids: [['contact', String(merge.keep_id)]],
    mergeId: merge.id,
    at: world.now(),
    source: 'manual',
    by: 'Ada',
  };
}

const MEANT = { stop_run: 'ended_at is null', retry_run: `state = 'failed'` };

async function steeringOf(
  { pool, world, workflows, people }: Place,
  { do: what, who, n }: Extract<NamingDeed, { do: 'stop_run' | 'retry_run' }>,
): Promise<InboxItem | undefined> {
  const { rows } = await pool.query<{ id: number; workflow_id: number }>(
    `select id, workflow_id from runs
      where workflow_id = any($1) and coalesce(source_contact_id, contact_id) = $2 and ${MEANT[what]}
      order by workflow_id, id`,
    [workflows, people.get(who)],
  );
  const run = rows[n % rows.length];
  if (!run) return undefined;
  const { id: runId, workflow_id: workflowId } = run;
  const base = { ids: [user(who)], at: world.now(), source: 'manual' as const, workflowId, runId };
  if (what === 'stop_run') return { kind: 'stop', reason: 'by hand', ...base };
  return { kind: 'steer', way: { kind: 'retry' }, ...base };
}

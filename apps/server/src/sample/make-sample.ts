import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../apps/index.ts';
import { inTransaction, type Pool } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { LANES, type Inbox, type InboxItem } from '../inbox/index.ts';
import type { RenderPool } from '../messages/index.ts';
import type { Settle } from '../segments/index.ts';
import { createKey, foundWorkspace } from '../users/index.ts';
import { findWorkspaceBySlug } from '../workspaces/index.ts';
import { activateWorkflows } from './activate-workflows.ts';
import { createDefinitions } from './create-definitions.ts';
import { createSegments } from './create-segments.ts';
import { appendHistory } from './history/append-history.ts';
import { HISTORY_DAYS, USERS } from './history/make-history.ts';
import { DAY_MS, HOUR_MS } from './people/local-time.ts';
import {
  countArrived,
  findSample,
  insertSample,
  readQueues,
  setFinished,
  setReached,
  type SampleRow,
} from './queries.ts';

const SAMPLE_SLUG = 'stride';

/** The simulator finds its write key by this name. */
export const SIMULATOR_KEY = 'Simulator';

export interface SampleParts {
  pool: Pool;
  inbox: Inbox;
  renderPool: RenderPool;
  settle: Settle;
  clock: () => Date;
  log: Log;
  signal: AbortSignal;
  /** Fewer than the 2,000 users and 90 days of the real one. */
  size?: { users: number; days: number };
}

/** As far as the sample and the simulator need one. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** Workflows react to the last hours, so that there is something to see at once. */
const RECENT_MS = 12 * HOUR_MS;

/**
 * Makes the sample workspace, or goes on where a killed program left it. Needs a worker at work in
 * this or another process, since the history goes through the inbox like everything else.
 */
export async function makeSample(parts: SampleParts): Promise<void> {
  const sample = (await findSample(parts.pool)) ?? (await found(parts));
  if (!sample || sample.finished_at) return;
  const { pool, clock, log, renderPool } = parts;
  const started = clock().getTime();
  const workspaceId = sample.workspace_id;
  await createDefinitions(pool, { workspaceId, renderPool, by: originAt(clock()) });
  const recent = await fillHistory(parts, sample);
  await applied(parts, workspaceId);
  await createSegments(pool, { workspaceId, by: originAt(clock()) });
  await activateWorkflows(pool, { workspaceId, by: originAt(clock()), settle: parts.settle });
  await parts.inbox.append({ workspaceId, lane: LANES.stream, items: recent });
  await applied(parts, workspaceId);
  await setFinished(pool, { workspaceId, now: clock() });
  const seconds = Math.round((clock().getTime() - started) / 1000);
  log.info({ seconds }, 'sample workspace: ready');
}

function originAt(at: Date): Origin {
  return { workspaceId: null, actor: { kind: 'system', id: null, name: 'sample' }, at };
}

/** Undefined when somebody has a workspace of that name. */
async function found({ pool, clock, size }: SampleParts): Promise<SampleRow | undefined> {
  if (await findWorkspaceBySlug(pool, { slug: SAMPLE_SLUG })) return undefined;
  const now = clock();
  const by = originAt(now);
  const reachedAt = new Date(now.getTime() - (size?.days ?? HISTORY_DAYS) * DAY_MS - 1);
  await inTransaction(pool, async (tx) => {
    const { id } = await foundWorkspace(tx, {
      slug: SAMPLE_SLUG,
      name: 'Stride (sample)',
      timeZone: 'Europe/Kyiv',
      sample: true,
      by,
    });
    const app = await createApp(tx, { workspaceId: id, name: 'Stride', platform: 'server', by });
    await createKey(tx, {
      workspaceId: id,
      kind: 'write',
      name: SIMULATOR_KEY,
      app: app.id,
      by,
    });
    await insertSample(tx, { workspaceId: id, until: now, reachedAt });
  });
  return findSample(pool);
}

async function fillHistory(
  { pool, log, signal, size }: SampleParts,
  { workspace_id: workspaceId, until, reached_at: reachedAt }: SampleRow,
): Promise<InboxItem[]> {
  const users = size?.users ?? USERS;
  const days = size?.days ?? HISTORY_DAYS;
  log.info({ users, days }, 'sample workspace: writing its history');
  const first = until.getTime() - days * DAY_MS;
  let told = 0;
  return appendHistory(pool, {
    workspaceId,
    users,
    days,
    until: until.getTime(),
    settledUntil: until.getTime() - RECENT_MS,
    after: reachedAt.getTime(),
    signal,
    onReached: async ({ at }) => {
      await setReached(pool, { workspaceId, reachedAt: new Date(at) });
      const day = Math.floor((at - first) / DAY_MS);
      if (day < told + 15) return;
      told = day;
      log.info({ day, of: days }, 'sample workspace: history written');
    },
  });
}

/** Resolves when all that the workspace has got by now is applied, whatever arrives meanwhile. */
async function applied(parts: SampleParts, workspaceId: number): Promise<void> {
  const { pool } = parts;
  await eventually(parts, async () => countArrived(pool, { workspaceId }));
  const { newest } = await readQueues(pool);
  await eventually(parts, async () => {
    const { items, oldest } = await readQueues(pool);
    return oldest === null || newest === null || oldest > newest ? 0 : items;
  });
}

const LOOK_MS = 250;
const TELL_EVERY = 12;

/** Looks until nothing waits any more. */
async function eventually(
  { log, signal }: SampleParts,
  countWaiting: () => Promise<number>,
): Promise<void> {
  for (let looks = 1; ; looks += 1) {
    const waiting = await countWaiting();
    if (waiting === 0) return;
    if (looks % TELL_EVERY === 0) log.info({ waiting }, 'sample workspace: history being applied');
    await sleep(LOOK_MS, undefined, { signal });
  }
}

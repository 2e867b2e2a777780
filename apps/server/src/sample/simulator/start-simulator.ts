import { setTimeout as sleep } from 'node:timers/promises';
import { advisoryLocks, connect, type Client, type Pool } from '../../db/index.ts';
import { readSettings } from '../../workspaces/index.ts';
import { SIMULATOR_KEY } from '../make-sample.ts';
import { findSample, findWriteKey } from '../queries.ts';
import { runSimulator } from './run-simulator.ts';
import type { SimulatorParts } from './simulator-parts.ts';

export interface Simulator {
  /** Within a second. */
  stop(): Promise<void>;
}

const LOOK_MS = 2000;

/**
 * Keeps the sample's users active while its switch is on. Of several processes one does: the one
 * whose connection holds the lock.
 */
export function startSimulator(parts: SimulatorParts): Simulator {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = supervise(parts, signal);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function supervise(parts: SimulatorParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await withLock(parts, () => watchSwitch(parts, signal));
    } catch (cause) {
      if (!signal.aborted) parts.log.warn({ err: cause }, 'simulator: failed and is started again');
    }
    await pause(LOOK_MS, signal);
  }
}

/** Runs `act` if no other process does. */
async function withLock({ url }: SimulatorParts, act: () => Promise<void>): Promise<void> {
  const holder: Client = await connect({ url, name: 'perennial simulator' });
  // A lost connection shows when the program stops, at the latest.
  holder.on('error', () => {});
  try {
    const { rows } = await holder.query<{ held: boolean }>(
      `select pg_try_advisory_lock($1) as held`,
      [advisoryLocks.simulator],
    );
    if (rows[0]?.held) await act();
  } finally {
    await holder.end();
  }
}

/** Starts and stops with the switch, until the program stops. */
async function watchSwitch(parts: SimulatorParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const wanted = await whatToRun(parts.pool);
    if (wanted) await runUntilChanged(parts, wanted, signal);
    await pause(LOOK_MS, signal);
  }
}

async function runUntilChanged(
  parts: SimulatorParts,
  wanted: Wanted,
  stopped: AbortSignal,
): Promise<void> {
  const off = new AbortController();
  const signal = AbortSignal.any([off.signal, stopped]);
  const change = untilChanged(parts.pool, wanted, signal).finally(() => off.abort());
  const run = runSimulator(parts, { ...wanted, signal }).finally(() => off.abort());
  // Both have ended before either's trouble is told.
  const failed = (await Promise.allSettled([change, run])).find(
    ({ status }) => status === 'rejected',
  );
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

interface Wanted {
  workspaceId: number;
  writeKey: string;
}

async function whatToRun(pool: Pool): Promise<Wanted | undefined> {
  const sample = await findSample(pool);
  if (!sample?.finished_at) return undefined;
  const workspaceId = sample.workspace_id;
  const { simulator } = await readSettings(pool, { workspaceId });
  const writeKey = await findWriteKey(pool, { workspaceId, name: SIMULATOR_KEY });
  return simulator && writeKey !== undefined ? { workspaceId, writeKey } : undefined;
}

async function untilChanged(pool: Pool, { writeKey }: Wanted, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(LOOK_MS, signal);
    if (signal.aborted || (await whatToRun(pool))?.writeKey !== writeKey) return;
  }
}

/** Also ends when the signal is given, without an error. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

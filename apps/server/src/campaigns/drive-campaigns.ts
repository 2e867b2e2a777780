import type { ContactQuestions } from '../contacts/index.ts';
import type { Pool } from '../db/index.ts';
import { startLine, type Line } from '../jobs/index.ts';
import { beginDue } from './begin-due.ts';
import { decideWinner } from './decide-winner.ts';
import { feedCampaigns, type Fed } from './feed-campaigns.ts';
import { createFinisher } from './finish-campaigns.ts';
import { listUnread, nextStart } from './driver-queries.ts';
import { readAudience } from './read-audience.ts';
import { launchForRun } from './launch-for-run.ts';
import { sweepCampaign } from './sweep-campaigns.ts';

export interface DriveParts {
  pool: Pool;
  questions: ContactQuestions;
  slots: number;
  clock: () => Date;
  onError: (cause: unknown) => void;
}

/** While contacts of campaigns stand in the queues: how soon there may be room for more. */
const SOON_MS = 50;
/**
 * While campaigns run and nothing is to be handed over: they wait for senders, their pace, a time or a winner,
 * none of which needs the second. Handing over looks seconds ahead.
 */
const SELDOM_MS = 1_000;
/** For what starts or was left without anybody having rung. */
const LOOK_EVERY_MS = 30_000;

/** What campaigns do by themselves, a turn at a time: for the program's lines, and for tests. */
export function createDriver(parts: DriveParts) {
  const { pool } = parts;
  const finisher = createFinisher(parts);
  let fed: Fed = { running: 0, handed: 0, queued: 0 };
  let rest = SOON_MS;
  return {
    /** Starts what is due, sweeps, hands over, finishes; false when nothing was to be done. */
    async move(): Promise<boolean> {
      const moved =
        (await beginDue(parts)) ||
        (await sweepCampaign(parts)) ||
        (fed = await feedCampaigns(parts)).handed > 0 ||
        (await decideWinner(parts));
      if (!moved && fed.running > 0) await finisher.finish();
      rest = moved || fed.queued > 0 ? SOON_MS : Math.min(SELDOM_MS, rest * 2);
      return moved;
    },
    /** Reads one audience; false when there is none to read. */
    async read(onNoted: () => void): Promise<boolean> {
      for (const id of await listUnread(pool)) {
        if (await readAudience({ ...parts, onNoted }, id)) return true;
      }
      return false;
    },
    async untilNext(): Promise<number> {
      if (fed.running > 0) return rest;
      const next = await nextStart(pool);
      const ms = next ? next.getTime() - parts.clock().getTime() : LOOK_EVERY_MS;
      return Math.min(LOOK_EVERY_MS, Math.max(0, ms));
    },
  };
}

/**
 * Starts, reads and hands over campaigns until it is stopped: one line reads while the other acts. What runs launch has a
 * line of its own, so that a launch that cannot be made holds up nothing that goes on.
 */
export function driveCampaigns(parts: DriveParts): Line {
  const driver = createDriver(parts);
  const { onError } = parts;
  const mover = startLine({
    turn: () => driver.move(),
    untilNext: () => driver.untilNext(),
    onError,
  });
  const reader = startLine({
    turn: () => driver.read(() => mover.ring()),
    untilNext: () => Promise.resolve(LOOK_EVERY_MS),
    onError,
  });
  const launcher = startLine({
    turn: () => launchForRun(parts),
    untilNext: () => Promise.resolve(LOOK_EVERY_MS),
    onError,
  });
  return {
    ring() {
      launcher.ring();
      mover.ring();
      reader.ring();
    },
    async stop() {
      await launcher.stop();
      await mover.stop();
      await reader.stop();
    },
  };
}

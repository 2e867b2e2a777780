import type { ContactQuestions } from '../contacts/index.ts';
import type { Pool } from '../db/index.ts';
import { startLine, type Line } from '../jobs/index.ts';
import { beginDue } from './begin-due.ts';
import { decideWinner } from './decide-winner.ts';
import { feedCampaigns } from './feed-campaigns.ts';
import { createFinisher } from './finish-campaigns.ts';
import { listUnread, nextStart, listRunning } from './driver-queries.ts';
import { readAudience } from './read-audience.ts';
import { sweepCampaign } from './sweep-campaigns.ts';

export interface DriveParts {
  pool: Pool;
  questions: ContactQuestions;
  slots: number;
  clock: () => Date;
  onError: (cause: unknown) => void;
}

/** While campaigns run: how soon the queues may have room again. */
const SOON_MS = 50;
/** For what starts or was left without anybody having rung. */
const LOOK_EVERY_MS = 30_000;

/** What campaigns do by themselves, a turn at a time: for the program's lines, and for tests. */
export function createDriver(parts: DriveParts) {
  const { pool } = parts;
  const finisher = createFinisher(parts);
  return {
    /** Starts what is due, sweeps, hands over, finishes; false when nothing was to be done. */
    async move(): Promise<boolean> {
      const moved =
        (await beginDue(parts)) ||
        (await sweepCampaign(parts)) ||
        (await feedCampaigns(parts)) > 0 ||
        (await decideWinner(parts));
      if (!moved) await finisher.finish();
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
      if ((await listRunning(pool)).length > 0) return SOON_MS;
      const next = await nextStart(pool);
      const ms = next ? next.getTime() - parts.clock().getTime() : LOOK_EVERY_MS;
      return Math.min(LOOK_EVERY_MS, Math.max(0, ms));
    },
  };
}

/** Starts, reads and hands over campaigns until it is stopped: one line reads while the other acts. */
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
  return {
    ring() {
      mover.ring();
      reader.ring();
    },
    async stop() {
      await mover.stop();
      await reader.stop();
    },
  };
}

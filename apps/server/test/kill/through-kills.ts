import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram, type Program, type ProgramOptions } from './program.ts';

/**
 * Kills the program while it works, and starts it again, `kills` times; each life goes on for a bit
 * at least. Then waits for the end, and says how many kills found the work unfinished.
 */
export async function throughKills(
  running: Program,
  {
    kills,
    moveOn,
    isOpen,
    ...options
  }: ProgramOptions & {
    kills: number;
    /** Waits until a bit more is done; false once all is. */
    moveOn: () => Promise<boolean>;
    isOpen: () => Promise<boolean>;
  },
): Promise<{ program: Program; struck: number }> {
  let program = running;
  let struck = 0;
  for (let n = 0; n < kills && (await moveOn()); n += 1) {
    await sleep(Math.random() * 200);
    await program.kill();
    struck += Number(await isOpen());
    program = startProgram(options);
    await program.ready;
  }
  while (await moveOn());
  return { program, struck };
}

/** Waits until `read` answers something greater than now; false once `isOpen` says no. */
export async function untilMore(
  read: () => Promise<number>,
  isOpen: () => Promise<boolean>,
): Promise<boolean> {
  const before = await read();
  while (await isOpen()) {
    if ((await read()) > before) return true;
    await sleep(10);
  }
  return false;
}

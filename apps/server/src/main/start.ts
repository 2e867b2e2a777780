import { once } from 'node:events';
import type { Config } from '../config.ts';
import { loadSecret } from '../secret/index.ts';
import { firstRun } from './first-run.ts';
import { createLogger } from './logger.ts';
import { openInstallation } from './open-installation.ts';
import { publicUrlOf } from './public-url.ts';
import { enterProcess } from './process-row.ts';
import { serve, type Serving } from './serve.ts';
import { startWorkThreads } from './work-threads.ts';
import { startSample } from './start-sample.ts';
import type { Work } from './thread-data.ts';

export type ProgramRole = 'api' | 'worker' | 'all';

/** A stop that takes longer is a kill: everything in hand is released by the database. */
const STOP_WITHIN_MS = 10_000;

/** Runs until SIGTERM or SIGINT. */
export async function startProgram(config: Config, { role }: { role: ProgramRole }): Promise<void> {
  const told = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const log = createLogger({ level: config.logLevel });
  const clock = (): Date => new Date();
  const lost = Promise.withResolvers<never>();
  const { database, box } = await openInstallation(config, {
    role: 'program',
    now: clock(),
    onLost: (error) => lost.reject(error),
  });
  const onError = (cause: unknown): void => log.error({ err: cause }, 'heartbeat failed');
  const self = await enterProcess(database.pool, { role, clock, onError });
  let serving: Serving | undefined;
  let work: Work | undefined;
  if (role !== 'worker') {
    serving = await serve({
      ...database,
      box,
      log,
      clock,
      host: config.host,
      port: config.port,
      publicUrlOf: (port) => publicUrlOf(config, port),
    });
  }
  const publicUrl = serving?.publicUrl ?? publicUrlOf(config, config.port);
  if (role !== 'api') {
    work = await startWorkThreads({
      url: database.url,
      secret: await loadSecret(config),
      logLevel: config.logLevel,
      publicUrl,
      processId: self.id,
      onCrash: (error) => lost.reject(error),
    });
  }
  if (serving) await welcome(database.pool, { publicUrl, now: clock() });
  const sample =
    serving && work && config.sample
      ? startSample({ ...database, ...serving, host: config.host, clock, log, onError })
      : undefined;

  await Promise.race([told, lost.promise]);
  const late = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
  await sample?.stop();
  await serving?.stop();
  await work?.stop();
  await self.leave();
  await database.close();
  clearTimeout(late);
}

async function welcome(
  pool: Parameters<typeof firstRun>[0],
  { publicUrl, now }: { publicUrl: string; now: Date },
): Promise<void> {
  const { link } = await firstRun(pool, { now, publicUrl });
  process.stdout.write(`Perennial runs at ${publicUrl}\n`);
  if (link) process.stdout.write(`Log in for the first time: ${link}\n`);
}

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
import { startMail } from './start-mail.ts';
import { startSample } from './start-sample.ts';
import type { Work } from './thread-data.ts';
import { trimWhenQuiet } from './trim-when-quiet.ts';

export type ProgramRole = 'api' | 'worker' | 'all';

/** A stop that takes longer is a kill: everything in hand is released by the database. */
const STOP_WITHIN_MS = 10_000;

/** Runs until SIGTERM or SIGINT; whatever was started is stopped, also when a later part fails. */
export async function startProgram(config: Config, { role }: { role: ProgramRole }): Promise<void> {
  const told = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const stopping = new AbortController();
  void told.then(() => stopping.abort());
  const lost = Promise.withResolvers<never>();
  const started: Work[] = [];
  trimWhenQuiet();
  try {
    await startParts(config, { role, started, onLost: lost.reject, signal: stopping.signal });
    await Promise.race([told, lost.promise]);
  } catch (error) {
    // Told to stop while it waited for its database.
    if (stopping.signal.aborted) return;
    // What a part that failed halfway still holds must not keep the program alive.
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    throw error;
  } finally {
    const late = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
    for (const part of started.toReversed()) await part.stop();
    clearTimeout(late);
  }
}

/** Starts one part after the other and says what was started, the last to be stopped first. */
async function startParts(
  config: Config,
  {
    role,
    started,
    onLost,
    signal,
  }: {
    role: ProgramRole;
    started: Work[];
    onLost: (error: Error) => void;
    signal: AbortSignal;
  },
): Promise<void> {
  const log = createLogger({ level: config.logLevel });
  const clock = (): Date => new Date();
  const { database, box } = await openInstallation(config, {
    role: 'program',
    now: clock(),
    onLost,
    signal,
    onWait: (cause) => log.warn({ err: cause }, 'the database does not answer yet'),
  });
  started.push({ stop: () => database.close() });
  const onError = (cause: unknown): void => log.error({ err: cause }, 'heartbeat failed');
  const self = await enterProcess(database.pool, { role, clock, onError });
  started.push({ stop: () => self.leave() });

  let serving: Serving | undefined;
  let link: string | undefined;
  if (role !== 'worker') {
    const { host } = config;
    serving = await serve({
      ...database,
      box,
      log,
      clock,
      host,
      port: config.port,
      processId: self.id,
      allowEgress: config.allowEgress,
      networksFile: config.networksFile,
      dnsServers: config.dnsServers,
      takesMail: config.mailPort !== undefined,
      publicUrlOf: (chosen) => publicUrlOf(config, chosen),
      async prepare(publicUrl) {
        ({ link } = await firstRun(database.pool, { now: clock(), publicUrl }));
      },
    });
    started.push(serving);
    if (config.mailPort !== undefined) {
      const port = config.mailPort;
      started.push(await startMail({ pool: database.pool, box, log, clock, host, port }));
    }
  }
  const publicUrl = serving?.publicUrl ?? publicUrlOf(config, config.port);
  if (role !== 'api') {
    started.push(
      await startWorkThreads({
        url: database.url,
        secret: await loadSecret(config),
        logLevel: config.logLevel,
        publicUrl,
        allowEgress: config.allowEgress,
        dnsServers: config.dnsServers,
        mailHost: config.mailPort === undefined ? undefined : new URL(publicUrl).hostname,
        processId: self.id,
        onCrash: onLost,
      }),
    );
  }
  if (!serving) return;
  welcome({ publicUrl, link });
  if (role === 'all' && config.sample) {
    started.push(startSample({ ...database, ...serving, host: config.host, clock, log }));
  }
}

function welcome({ publicUrl, link }: { publicUrl: string; link: string | undefined }): void {
  process.stdout.write(`Perennial runs at ${publicUrl}\n`);
  if (link) process.stdout.write(`Log in for the first time: ${link}\n`);
}

import type { FastifyInstance } from 'fastify';
import { migrationsFolder, readMigrations, schemaVersion, type Db } from '../db/index.ts';

/** What `/readyz` says: null when requests can be served, else why not. */
export type Readiness = () => Promise<string | null>;

/** Ready: the database answers, and has every migration of this release. */
export function databaseReadiness(db: Db): Readiness {
  return async () => {
    const known = (await readMigrations(migrationsFolder)).at(-1)?.version ?? 0;
    const present = await schemaVersion(db);
    return present >= known ? null : `The schema is at version ${present} of ${known}.`;
  };
}

export function serveHealth(
  app: FastifyInstance,
  { readiness, patienceMs = 2000 }: { readiness: Readiness; patienceMs?: number },
): void {
  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async (request, reply) => {
    const reason = await withPatience(readiness, patienceMs).catch((error: unknown) => {
      request.log.warn({ err: error }, 'not ready');
      return 'The database cannot be reached.';
    });
    if (reason === null) return { status: 'ready' };
    return reply.status(503).header('retry-after', '2').send({ status: 'not ready', reason });
  });
}

/** A database that hangs is as good as none for whoever asks. */
async function withPatience(readiness: Readiness, patienceMs: number): Promise<string | null> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve('The database does not answer in time.'), patienceMs);
  const asked = readiness();
  asked.catch(() => {});
  return Promise.race([asked, late.promise]).finally(() => clearTimeout(timer));
}

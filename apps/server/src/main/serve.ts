import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createFieldCatalogue } from '../contacts/index.ts';
import { hear, type Pool } from '../db/index.ts';
import { createErrorTally, createEventDefinitions } from '../events/index.ts';
import { createHttpApp } from '../http/create-http-app.ts';
import { createInbox, createResults, type Inbox } from '../inbox/index.ts';
import {
  createRenderPool,
  FETCH_LIMITS,
  recipientTokenKey,
  secretsFrom,
  type RenderPool,
} from '../messages/index.ts';
import { ANSWERED_CHANNEL, requestErasure } from '../pipeline/index.ts';
import { retenoRestProtocol } from '../protocols/reteno-rest/routes.ts';
import { segmentProtocol } from '../protocols/segment/routes.ts';
import { createDenialLog } from '../audit/index.ts';
import { createEgress } from '../egress/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { createDns, providerCallbacks, readNetworks, recipientPages } from '../sends/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { createIdentityTally, createUserTokens } from '../apps/index.ts';
import { createAuthenticate, createKeyring } from '../users/index.ts';
import { createSettingsCache, WORKSPACES_CHANNEL } from '../workspaces/index.ts';
import { settle } from './around-contacts.ts';
import { collectPipelineMetrics } from './pipeline-metrics.ts';
import { manageRoutes } from './routes.ts';
import { createRefuse } from './strict-workspaces.ts';
import { createWorkspaceSettings, REFRESH_SETTINGS_MS } from './workspace-settings.ts';
import { serverFolder } from '../server-folder.ts';

export interface ServeParts {
  pool: Pool;
  url: string;
  box: SecretBox;
  log: Logger;
  clock: () => Date;
  host: string;
  port: number;
  /** In `processes`, kept beating by the caller. */
  processId: number;
  /** See `Config.allowEgress`. */
  allowEgress: string[];
  /** See `Config.networksFile`. */
  networksFile?: string | undefined;
  /** See `Config.dnsServers`. */
  dnsServers?: string[];
  /** Returned mail comes here itself. */
  takesMail?: boolean;
  /** Where people reach it, once the port is known. */
  publicUrlOf: (port: number) => string;
  /** Done before anybody is answered. */
  prepare: (publicUrl: string) => Promise<void>;
}

export interface Serving {
  inbox: Inbox;
  renderPool: RenderPool;
  port: number;
  publicUrl: string;
  stop(): Promise<void>;
}

const REFRESH_MS = 5000;

/** HTTP: takes facts in, answers the interface, serves recipients. */
export async function serve(parts: ServeParts): Promise<Serving> {
  const { pool, url, box, log, clock, host } = parts;
  // Links in messages name the port, so it is chosen, and known to be free, before anything opens.
  const port = await freePort(host, parts.port);
  const inbox = createInbox({ pool, clock, onFirst: () => readBacklog() });
  const results = createResults({ pool });
  const onError = (cause: unknown): void => log.error({ err: cause }, 'background look failed');
  const settings = createWorkspaceSettings(pool);
  const refreshSettings = (): void => void settings.refresh().catch(onError);
  const listener = await hear(
    { url, name: 'perennial api listener', onError },
    { [ANSWERED_CHANNEL]: results.wake, [WORKSPACES_CHANNEL]: refreshSettings },
  );
  await settings.refresh();
  const refreshingSettings = setInterval(refreshSettings, REFRESH_SETTINGS_MS);
  const keyring = createKeyring(pool);
  const identityTally = createIdentityTally(pool);
  const registry = new Registry();
  // Its timer wakes the thread this often, also while nothing happens.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 500 });
  const pipeline = collectPipelineMetrics(pool, { registry });
  const readBacklog = (): void => void pipeline.readBacklog().then(inbox.setBacklog, onError);
  const refreshing = setInterval(() => {
    identityTally.write(clock()).catch(onError);
    if (inbox.wantsBacklog()) readBacklog();
  }, REFRESH_MS);
  const settingsOf = createSettingsCache(pool, { clock });
  const definitions = createEventDefinitions(pool);
  const errorTally = createErrorTally({ pool, clock, onError });
  const shared = { inbox, keyring, clock, countryOf: settings.countryOf, definitions, errorTally };
  const userTokens = createUserTokens(pool);
  const slots = await readSlotCount(pool);
  const publicUrl = parts.publicUrlOf(port);
  const contents = createEgress({ allow: parts.allowEgress, answerBytes: FETCH_LIMITS.bytes });
  const renderPool = createRenderPool({
    publicUrl,
    tokenKey: recipientTokenKey(box),
    size: 1,
    fetching: { http: contents, clock, secrets: secretsFrom(pool, box) },
  });
  const egress = createEgress({ allow: parts.allowEgress });
  const networks = readNetworks({ file: parts.networksFile });
  const app: FastifyInstance = await createHttpApp({
    pool,
    clock,
    processId: parts.processId,
    logger: log,
    registry,
    version: readVersion(),
    webRoot: fileURLToPath(new URL('../web/dist', serverFolder)),
    routes: manageRoutes({
      pool,
      box,
      publicUrl,
      inbox,
      results,
      clock,
      renderPool,
      slots,
      errorTally,
      egress,
      callEgress: contents,
      dns: createDns({ servers: parts.dnsServers ?? [] }),
      mailHost: parts.takesMail ? new URL(publicUrl).hostname : undefined,
    }),
    authenticate: createAuthenticate(pool, { keyring }),
    onDenied: createDenialLog(pool, { onError }),
    protocols: [
      segmentProtocol({
        ...shared,
        userTokens,
        identityTally,
        settingsOf,
        confirms: async (workspaceId) => (await settingsOf(workspaceId)).identify_confirms,
        refuse: createRefuse(pool, { catalogue: createFieldCatalogue(), settings }),
      }),
      retenoRestProtocol({
        pool,
        inbox,
        results,
        keyring,
        box,
        clock,
        slots,
        version: readVersion(),
        definitions,
        errorTally,
        requestErasure,
        settle,
        settingsOf,
        renderPool,
        publicUrl,
      }),
      providerCallbacks({ pool, box, egress, slots, clock }),
      recipientPages({ pool, inbox, renderPool, box, slots, clock, networks }),
    ],
  });
  await parts.prepare(publicUrl);
  await app.listen({ host, port });
  return {
    port,
    publicUrl,
    inbox,
    renderPool,
    async stop() {
      clearInterval(refreshing);
      clearInterval(refreshingSettings);
      await app.close();
      await identityTally.write(clock());
      await errorTally.close();
      await inbox.close();
      results.close();
      await renderPool.close();
      await contents.close();
      await egress.close();
      await listener.end();
    },
  };
}

function readVersion(): string {
  const file = fileURLToPath(new URL('package.json', serverFolder));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** This port, or any if it is 0; throws `EADDRINUSE` with a word on what to do. */
async function freePort(host: string, wanted: number): Promise<number> {
  const probe = createServer().listen(wanted, host);
  await once(probe, 'listening').catch((cause: Error) => {
    throw new Error(`Port ${wanted} of ${host} cannot be used; set PORT to another one.`, {
      cause,
    });
  });
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error(`No port is free on ${host}.`);
  }
  return address.port;
}

import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterAll } from 'vitest';
import { createIdentityTally, createUserTokens } from '../../src/apps/index.ts';
import { createFieldCatalogue } from '../../src/contacts/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { testDatabase } from '../../src/db/test-database.ts';
import { createEventDefinitions } from '../../src/events/index.ts';
import { createHttpApp } from '../../src/http/create-http-app.ts';
import { readAnswer, type Answer } from '../../src/http/test-answer.ts';
import type { Origin } from '../../src/http/index.ts';
import { createInbox, type Inbox } from '../../src/inbox/index.ts';
import { createRefuse } from '../../src/main/strict-workspaces.ts';
import { createWorkspaceSettings } from '../../src/main/workspace-settings.ts';
import { requestErasure } from '../../src/pipeline/index.ts';
import { testPipeline } from '../../src/pipeline/test-pipeline.ts';
import { retenoRestProtocol } from '../../src/protocols/reteno-rest/routes.ts';
import { segmentProtocol } from '../../src/protocols/segment/routes.ts';
import { PUBLIC_URL, testRenderPool } from '../../src/sends/senders/test-senders.ts';
import { createSecretBox } from '../../src/secret/index.ts';
import { createKey, createKeyring } from '../../src/users/index.ts';
import { createSettingsCache, createWorkspace } from '../../src/workspaces/index.ts';

export interface Place {
  id: number;
  writeKey: string;
  restKey: string;
}

export interface Taken {
  ticket: string;
  kind: string;
}

export interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload?: string | Buffer;
}

/**
 * Everything that takes facts in, put together as the program does it, over a real database and a
 * real pipeline that works when the test says so, or when a call waits for its item.
 */
export async function testDoor({ tickets = false } = {}) {
  const { pool } = await testDatabase();
  let at = Date.UTC(2026, 2, 2, 10);
  const clock = (): Date => new Date(at);
  const pipeline = await testPipeline(pool, { clock });
  const inbox = createInbox({ pool, clock });
  const taken: Taken[] = [];
  /** With tickets it can be asked what became of everything; without, refusals are dead events. */
  const ticketing: Inbox = {
    ...inbox,
    async append(entry) {
      if (!tickets) return inbox.append(entry);
      const items = entry.items.map((item) => ({ ...item, ticket: item.ticket ?? randomUUID() }));
      await inbox.append({ ...entry, items });
      taken.push(...items.map(({ ticket, kind }) => ({ ticket, kind })));
    },
  };
  const keyring = createKeyring(pool);
  const countryOf = (): undefined => undefined;
  const definitions = createEventDefinitions(pool);
  const settings = createWorkspaceSettings(pool);
  const renderPool = testRenderPool();
  const app = await createHttpApp({
    pool,
    routes: [],
    authenticate: async () => undefined,
    clock,
    logger: pino({ level: 'silent' }),
    registry: new Registry(),
    version: 'test',
    webRoot: '/nonexistent',
    protocols: [
      segmentProtocol({
        inbox: ticketing,
        keyring,
        clock,
        countryOf,
        definitions,
        userTokens: createUserTokens(pool),
        identityTally: createIdentityTally(pool),
        refuse: createRefuse(pool, { catalogue: createFieldCatalogue(), settings }),
      }),
      retenoRestProtocol({
        pool,
        inbox: ticketing,
        results: pipeline.results,
        keyring,
        box: createSecretBox('the secret of all tests, which is no secret'),
        clock,
        slots: pipeline.slots,
        definitions,
        requestErasure,
        settle: async () => new Map(),
        version: 'test',
        settingsOf: createSettingsCache(pool, { clock }),
        renderPool,
        publicUrl: PUBLIC_URL,
      }),
    ],
  });
  afterAll(async () => {
    await app.close();
    await inbox.close();
    await renderPool.close();
  });
  const by = (workspaceId: number | null): Origin => ({
    workspaceId,
    actor: { kind: 'system', id: null, name: 'test' },
    at: clock(),
  });
  let places = 0;

  async function newPlace(): Promise<Place> {
    places += 1;
    const slug = `place${places}`;
    return inTransaction(pool, async (tx) => {
      const { id } = await createWorkspace(tx, { slug, name: slug, by: by(null) });
      const owner = { workspaceId: id, by: by(id) };
      const { token: writeKey } = await createKey(tx, { ...owner, kind: 'write' });
      const { token: restKey } = await createKey(tx, { ...owner, kind: 'rest' });
      return { id, writeKey, restKey };
    });
  }

  /** Until nothing waits: what is applied may put items into the inbox. */
  async function drain(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) {
      await pipeline.drain();
      const { rows } = await pool.query('select 1 from inbox limit 1');
      if (rows.length === 0) return;
    }
  }

  async function send({ method, ...request }: Sent): Promise<Answer> {
    const answer = await app.inject({ method: method as 'POST', ...request });
    return readAnswer(answer);
  }

  return {
    pool,
    drain,
    clock,
    by,
    newPlace,
    send,
    advance: (ms: number): void => void (at += ms),
    /** What was taken since this was asked the last time. */
    takeTaken: (): Taken[] => taken.splice(0),
    refreshStrict: () => settings.refresh(),
  };
}

export type Door = Awaited<ReturnType<typeof testDoor>>;

/** Headers of a Basic log-in. */
export function basic(user: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

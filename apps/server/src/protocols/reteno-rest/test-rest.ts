import {
  KEY_KINDS,
  type EventTypeSettings,
  type Right,
  type WorkspaceSettingsChange,
} from '@perennial/contracts';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterAll } from 'vitest';
import { decideCampaignSends } from '../../campaigns/index.ts';
import { createCategory } from '../../categories/index.ts';
import { createField } from '../../contacts/index.ts';
import { inTransaction, type Pool } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import {
  createErrorTally,
  createEventDefinitions,
  createEventType,
  createMapping,
} from '../../events/index.ts';
import { createHttpApp } from '../../http/create-http-app.ts';
import { readAnswer, type Answer } from '../../http/test-answer.ts';
import type { Origin } from '../../http/index.ts';
import { createInbox } from '../../inbox/index.ts';
import { settle } from '../../main/around-contacts.ts';
import { requestErasure, type Engine } from '../../pipeline/index.ts';
import { quietEngine } from '../../pipeline/quiet-engine.ts';
import { PUBLIC_URL, testRenderPool } from '../../sends/senders/test-senders.ts';
import { decideWantedSends } from '../../sends/index.ts';
import { testPipeline, type TestPipelineOptions } from '../../pipeline/test-pipeline.ts';
import { createSecretBox } from '../../secret/index.ts';
import { createKey, createKeyring } from '../../users/index.ts';
import { changeSettings, createSettingsCache, createWorkspace } from '../../workspaces/index.ts';
import { retenoRestProtocol } from './routes.ts';

export interface RestCall {
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const SLOTS = 8;

/** Decides about what calls and their campaigns want sent, and reacts to nothing else. */
const engine: Engine = {
  ...quietEngine,
  begin: async (tx) => ({
    ...(await quietEngine.begin(tx)),
    send: (batch, { entries, contacts, now }) =>
      decideCampaignSends(batch, {
        entries,
        isKept: (id) => contacts.has(id),
        slots: SLOTS,
        now,
      }),
    sendWanted: (batch, { entries, now }) =>
      decideWantedSends(batch, { entries, slots: SLOTS, now }),
  }),
};

/**
 * The REST API over a real database and a real pipeline, without a socket: whoever waits for an
 * item makes the pipeline work.
 */
export async function testRest({ parts }: Pick<TestPipelineOptions, 'parts'> = {}) {
  const { pool } = await testDatabase();
  let at = Date.UTC(2026, 2, 2, 10);
  const clock = (): Date => new Date(at);
  const pipeline = await testPipeline(pool, { clock, slots: SLOTS, parts: { engine, ...parts } });
  const renderPool = testRenderPool();
  const inbox = createInbox({ pool, clock });
  const errorTally = createErrorTally({ pool, clock, onError: () => {} });
  const box = createSecretBox('the secret of all tests, which is no secret');
  // The call whose item is never applied in time.
  let applying = true;
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
      retenoRestProtocol({
        pool,
        inbox,
        results: {
          wait: async (ticket) => (applying ? pipeline.results.wait(ticket) : undefined),
        },
        keyring: createKeyring(pool),
        box,
        clock,
        slots: pipeline.slots,
        version: 'test',
        definitions: createEventDefinitions(pool),
        errorTally,
        requestErasure,
        settle,
        renderPool,
        publicUrl: PUBLIC_URL,
        // Tests change settings and read them at once.
        settingsOf: (workspaceId) => createSettingsCache(pool, { clock })(workspaceId),
      }),
    ],
  });
  afterAll(async () => {
    await app.close();
    await inbox.close();
    await errorTally.close();
    await renderPool.close();
  });
  const by = (workspaceId: number | null): Origin => ({
    workspaceId,
    actor: { kind: 'system', id: null, name: 'test' },
    at: clock(),
  });
  let workspaces = 0;

  async function newWorkspace() {
    workspaces += 1;
    const slug = `w${workspaces}`;
    const { id } = await inTransaction(pool, (tx) =>
      createWorkspace(tx, { slug, name: `Workspace ${workspaces}`, by: by(null) }),
    );
    const newKey = async (rights?: Right[]): Promise<string> => {
      const { token } = await inTransaction(pool, (tx) =>
        createKey(tx, { workspaceId: id, kind: 'rest', rights, by: by(id) }),
      );
      return token;
    };
    return { id, slug, key: await newKey(), newKey };
  }

  async function call(target: string, { key, body, headers = {} }: RestCall): Promise<Answer> {
    const [method, url] = target.split(' ') as ['GET', string];
    const answer = await app.inject({
      method,
      url: `/api${url}`,
      headers: {
        ...(key !== undefined && {
          authorization: `Basic ${Buffer.from(`anybody:${key}`).toString('base64')}`,
        }),
        ...(body !== undefined && { 'content-type': 'application/json; charset=UTF-8' }),
        ...headers,
      },
      ...(body !== undefined && {
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
    return readAnswer(answer);
  }

  return {
    pool,
    box,
    clock,
    pipeline,
    inbox,
    newWorkspace,
    call,
    by,
    advance: (ms: number): void => void (at += ms),
    stall: (stalled: boolean): void => void (applying = !stalled),
    addField: (workspaceId: number, field: { key: string; type: string; choices?: string[] }) =>
      inTransaction(pool, (tx) => createField(tx, { workspaceId, by: by(workspaceId), ...field })),
    addCategory: (
      workspaceId: number,
      { key, defaultSubscribed = false }: { key: string; defaultSubscribed?: boolean },
    ) =>
      inTransaction(pool, (tx) =>
        createCategory(tx, {
          workspaceId,
          key,
          name: key,
          default_subscribed: defaultSubscribed,
          by: by(workspaceId),
        }),
      ),
    addType: (
      workspaceId: number,
      type: { key: string } & { [Name in keyof EventTypeSettings]?: EventTypeSettings[Name] },
    ) =>
      inTransaction(pool, (tx) =>
        createEventType(tx, { workspaceId, by: by(workspaceId), ...type }),
      ),
    addMapping: (workspaceId: number, mapping: { parameter: string; field: string }) =>
      inTransaction(pool, (tx) =>
        createMapping(tx, { workspaceId, by: by(workspaceId), ...mapping }),
      ),
    addMessage: (workspaceId: number, { key }: { key: string }) =>
      addMessage(pool, workspaceId, key),
    setSettings: (workspaceId: number, change: WorkspaceSettingsChange) =>
      inTransaction(pool, (tx) => changeSettings(tx, { workspaceId, change, by: by(workspaceId) })),
    flushErrors: () => errorTally.flush(),
    restRights: [...KEY_KINDS.rest.rights],
  };
}

/** An e-mail that may be sent to many; answers its ID. */
async function addMessage(pool: Pool, workspaceId: number, key: string): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
     values ($1, $2, $2, 'email', 'en', 1, '2026-01-01', '2026-01-01') returning id`,
    [workspaceId, key],
  );
  const { id } = rows[0]!;
  const content = { en: { subject: 'Sale', html: '<a href="{{ unsubscribe_url }}">no</a>' } };
  await pool.query(
    `insert into message_versions (message_id, version, content, compiled, created_at)
     values ($1, 1, $2, '{}', '2026-01-01')`,
    [id, JSON.stringify(content)],
  );
  return id;
}

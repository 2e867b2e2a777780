import type { KeyKind, Right, Role } from '@perennial/contracts';
import type { FastifyInstance, InjectOptions } from 'fastify';
import pino from 'pino';
import { Registry } from 'prom-client';
import { afterAll } from 'vitest';
import { createDenialLog } from '../audit/index.ts';
import { inTransaction, type Pool } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { createSecretBox, type SecretBox } from '../secret/index.ts';
import { createAuthenticate, createKey, createKeyring, createUser } from '../users/index.ts';
import { openSession } from '../users/log-in/session.ts';
import { createWorkspace, type WorkspaceRow } from '../workspaces/index.ts';
import type { Origin } from './caller.ts';
import { createHttpApp, type HttpParts } from './create-http-app.ts';
import type { ManageRoute } from './route.ts';
import { readAnswer, type Answer } from './test-answer.ts';

/** Headers that prove who calls: a key's or a session's. */
export type Credentials = Record<string, string>;

export interface TestAnswer extends Answer {
  // oxlint-disable-next-line typescript/no-explicit-any -- what a test expects is what it states
  body: any;
}

export interface TestCall {
  /** Default: a management key of `workspace` with all rights; null: nobody. */
  as?: Credentials | null;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestApp {
  app: FastifyInstance;
  pool: Pool;
  box: SecretBox;
  clock: TestClock;
  workspace: WorkspaceRow;
  /** The management key that calls are made with by default. */
  key: Credentials;
  /** `call('POST', '/tags', { body })`: below `/manage/v1`. */
  call: (method: ManageRoute['method'], url: string, call?: TestCall) => Promise<TestAnswer>;
  addWorkspace: (slug: string) => Promise<WorkspaceRow>;
  addKey: (options?: {
    workspaceId?: number;
    kind?: KeyKind;
    rights?: Right[];
  }) => Promise<Credentials>;
  /** A user with this role, logged in. */
  logIn: (role: Role, options?: { workspaceId?: number; email?: string }) => Promise<Credentials>;
  origin: (workspaceId?: number | null) => Origin;
}

export interface TestClock {
  now: () => Date;
  advance: (ms: number) => void;
}

export interface TestAppOptions extends Partial<Omit<HttpParts, 'routes' | 'pool'>> {
  routes: readonly ManageRoute[] | ((parts: { box: SecretBox; pool: Pool }) => ManageRoute[]);
}

/**
 * The HTTP application over a database of its own, with one workspace. Call it at the top of a
 * test file:
 *
 *   const { call, workspace, pool } = await testApp({ routes: tagRoutes });
 *   const { status, body } = await call('POST', '/tags', { body: { name: 'New' } });
 */
export async function testApp({ routes, ...parts }: TestAppOptions): Promise<TestApp> {
  const { pool } = await testDatabase();
  const clock = testClock();
  const box = createSecretBox('the secret of all tests, which is no secret');
  const app = await createHttpApp({
    pool,
    routes: typeof routes === 'function' ? routes({ box, pool }) : routes,
    authenticate: createAuthenticate(pool, { keyring: createKeyring(pool) }),
    clock: clock.now,
    logger: pino({ level: 'silent' }),
    registry: new Registry(),
    version: 'test',
    webRoot: '/nonexistent',
    // A refusal is recorded after its answer; the database may be gone by then.
    onDenied: createDenialLog(pool, { onError: () => {} }),
    ...parts,
  });
  afterAll(() => app.close());
  return furnish({ app, pool, box, clock });
}

function testClock(): TestClock {
  let now = Date.UTC(2026, 2, 2, 10);
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
  };
}

async function furnish(parts: Pick<TestApp, 'app' | 'pool' | 'box' | 'clock'>): Promise<TestApp> {
  const { app, pool, clock } = parts;
  const origin = (workspaceId: number | null = null): Origin => ({
    workspaceId,
    actor: { kind: 'system', id: null, name: 'test' },
    at: clock.now(),
  });
  const addWorkspace = (slug: string): Promise<WorkspaceRow> =>
    inTransaction(pool, (tx) => createWorkspace(tx, { slug, name: slug, by: origin() }));
  const workspace = await addWorkspace('main');
  const addKey: TestApp['addKey'] = async ({
    workspaceId = workspace.id,
    kind = 'management',
    rights,
  } = {}) => {
    const { token } = await inTransaction(pool, (tx) =>
      createKey(tx, { workspaceId, kind, rights, by: origin(workspaceId) }),
    );
    return { authorization: `Bearer ${token}` };
  };
  const logIn: TestApp['logIn'] = async (role, options = {}) => {
    const { workspaceId = workspace.id, email = `${role}@example.com` } = options;
    const roles = [{ workspaceId, role }];
    const { user } = await inTransaction(pool, (tx) =>
      createUser(tx, { email, name: role, roles, by: origin() }),
    );
    const session = { userId: user.id, now: clock.now(), ip: '127.0.0.1', agent: 'test' };
    const { token, csrfToken } = await openSession(pool, session);
    return {
      cookie: `perennial_session=${token}`,
      'x-csrf-token': csrfToken,
      'x-workspace': String(workspaceId),
    };
  };
  const key = await addKey();
  const call: TestApp['call'] = (method, url, { as = key, body, headers = {} } = {}) =>
    inject(app, {
      method,
      url: `/manage/v1${url}`,
      headers: { ...as, ...headers },
      ...(body !== undefined && { payload: body as object }),
    });
  return { ...parts, workspace, key, call, addWorkspace, addKey, logIn, origin };
}

async function inject(app: FastifyInstance, options: InjectOptions): Promise<TestAnswer> {
  return readAnswer(await app.inject(options));
}

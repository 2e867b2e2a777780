/**
 * Tests of every route of the management API, made from the routes themselves: a room that is
 * added to `routes.ts` is covered by that alone.
 */
import {
  ALL_RIGHTS,
  ALL_ROLES,
  PROBLEMS,
  RIGHTS,
  withImplied,
  ROLES,
  type Right,
  type Role,
} from '@perennial/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEgress } from '../egress/index.ts';
import type { ManageRoute } from '../http/index.ts';
import { testApp, type Credentials, type TestAnswer } from '../http/test-app.ts';
import { createInbox, createResults } from '../inbox/index.ts';
import { createRenderPool, recipientTokenKey } from '../messages/index.ts';
import { manageRoutes } from './routes.ts';

const routes: ManageRoute[] = [];

const parts = await testApp({
  routes: ({ box, pool }) => {
    const inbox = createInbox({ pool, clock: () => new Date() });
    const results = createResults({ pool });
    afterAll(async () => {
      results.close();
      await inbox.close();
    });
    // Nothing is applied here: whoever waits for an item shall not wait long.
    const impatient = {
      ...results,
      wait: (ticket: string) => results.wait(ticket, { timeoutMs: 1 }),
    };
    const clock = (): Date => new Date();
    const renderPool = createRenderPool({
      publicUrl: 'http://localhost',
      tokenKey: recipientTokenKey(box),
      size: 1,
    });
    afterAll(() => renderPool.close());
    routes.push(
      ...manageRoutes({
        pool,
        box,
        publicUrl: undefined,
        inbox,
        results: impatient,
        clock,
        renderPool,
        slots: 64,
        egress: createEgress({ allow: [] }),
      }),
    );
    return routes;
  },
});
const { call, pool, app, workspace, addWorkspace, addKey, logIn, key } = parts;

const inside = routes.filter(({ right }) => right !== 'self' && right !== 'anyone');
const guarded = routes.filter(({ right }) => right !== 'anyone');

function name({ method, url }: ManageRoute): string {
  return `${method} ${url}`;
}

function named(some: ManageRoute[]): [string, ManageRoute][] {
  return some.map((route) => [name(route), route]);
}

/** A path that fits the route, with these values for its parameters. */
function pathOf(route: ManageRoute, values: Record<string, string> = {}): string {
  const known = { ...route.example?.params, ...values };
  return route.url.replaceAll(/:(\w+)/g, (_, parameter: string) => known[parameter] ?? '999999');
}

/**
 * Asks whether the call is admitted, without making it: the body is no JSON, and who may call is
 * decided before it is read. GET is made.
 */
async function knock(
  route: ManageRoute,
  as: Credentials | null,
): Promise<{ status: number; code: string | undefined }> {
  const withBody = route.method !== 'GET';
  const answer = await app.inject({
    method: route.method,
    url: `/manage/v1${pathOf(route)}${queryOf(route)}`,
    headers: { ...as, ...(withBody && { 'content-type': 'application/json' }) },
    ...(withBody && { payload: '{' }),
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return { status: answer.statusCode, code: isJson ? answer.json().code : undefined };
}

function queryOf(route: ManageRoute): string {
  const query = new URLSearchParams(route.example?.query).toString();
  return query && `?${query}`;
}

test('there are routes, each with a method and path of its own', () => {
  const names = routes.map(name);
  expect(names.length).toBeGreaterThan(20);
  expect(new Set(names).size).toBe(names.length);
});

test.each(named(routes))('%s has a right that exists', (_name, { right }) => {
  expect([...Object.keys(RIGHTS), 'member', 'self', 'anyone']).toContain(right);
});

test('only the log-in is open to anyone', () => {
  const open = routes.filter(({ right }) => right === 'anyone').map(name);
  expect(open).toEqual(['POST /session', 'GET /session/setup', 'POST /session/setup']);
});

describe('without credentials', () => {
  test.each(named(guarded))('%s is refused', async (_name, route) => {
    expect(await knock(route, null)).toEqual({ status: 401, code: 'unauthenticated' });
  });
});

describe('with a key that is none', () => {
  test.each(named(guarded))('%s is refused', async (_name, route) => {
    const authorization = 'Bearer per_management_0000000000000000000000000000000000000000000';
    expect(await knock(route, { authorization })).toEqual({
      status: 401,
      code: 'invalid_credentials',
    });
  });
});

describe('with a key for other protocols', () => {
  test.each(named(guarded))('%s is refused', async (_name, route) => {
    for (const kind of ['rest', 'write', 'mobile'] as const) {
      expect((await knock(route, await keyOf(kind))).status).toBe(401);
    }
  });
});

const kindKeys = new Map<string, Credentials>();
async function keyOf(kind: 'rest' | 'write' | 'mobile'): Promise<Credentials> {
  const known = kindKeys.get(kind) ?? (await addKey({ kind }));
  kindKeys.set(kind, known);
  return known;
}

const sessions = new Map<Role, Credentials>();
const rightKeys = new Map<Right, Credentials>();

beforeAll(async () => {
  for (const role of ALL_ROLES) sessions.set(role, await logIn(role));
  for (const right of ALL_RIGHTS) rightKeys.set(right, await addKey({ rights: [right] }));
});

/** `admitted`, or the code of the refusal. What breaks is neither. */
function outcomeOf({ status, code }: { status: number; code: string | undefined }): string {
  return status === 401 || status === 403 || status === 500 ? (code ?? 'unknown') : 'admitted';
}

async function outcomes<Name extends string>(
  route: ManageRoute,
  callers: Map<Name, Credentials>,
): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const [caller, as] of callers) answers[caller] = outcomeOf(await knock(route, as));
  return answers;
}

function expected(callers: string[], isAdmitted: (caller: never) => boolean): object {
  return Object.fromEntries(
    callers.map((caller) => [caller, isAdmitted(caller as never) ? 'admitted' : 'forbidden']),
  );
}

describe('a role may do what its rights say', () => {
  test.each(named(guarded))('%s', async (_name, route) => {
    const may = (role: Role): boolean =>
      [...ROLES[role].rights, 'member', 'self'].includes(route.right);
    expect(await outcomes(route, sessions)).toEqual(expected(ALL_ROLES, may));
  });
});

describe('a key may do what its rights say', () => {
  test.each(named(guarded))('%s', async (_name, route) => {
    const may = (right: Right): boolean =>
      [...withImplied([right]), 'member'].includes(route.right);
    expect(await outcomes(route, rightKeys)).toEqual(expected(ALL_RIGHTS, may));
  });
});

describe('a page of another site can change nothing', () => {
  const changing = guarded.filter(({ method }) => method !== 'GET');
  test.each(named(changing))('%s', async (_name, route) => {
    const { 'x-csrf-token': token = '', ...session } = sessions.get('admin') as Credentials;
    expect(await knock(route, session)).toEqual({ status: 403, code: 'csrf_failed' });
    const wrong = { ...session, 'x-csrf-token': `${token}x` };
    expect(await knock(route, wrong)).toEqual({ status: 403, code: 'csrf_failed' });
  });
});

describe('another workspace', () => {
  let other: Credentials;
  /** What the examples made here: paths of collections, and the IDs in them. */
  const made = new Map<string, TestAnswer>();

  beforeAll(async () => {
    other = await addKey({ workspaceId: (await addWorkspace('other')).id });
    for (const route of inside) {
      if (route.method !== 'POST' || route.url.includes(':') || !route.example?.body) continue;
      const answer = await call('POST', route.url, { body: route.example.body });
      if (answer.status === 201) made.set(route.url, answer);
    }
  });

  test('what examples make is made', () => {
    expect([...made.keys()]).toEqual(expect.arrayContaining(['/tags', '/keys', '/users']));
  });

  test('what is made is in the audit', async () => {
    for (const [url, { headers }] of made) {
      const { rows } = await pool.query('select 1 from audit where request_id = $1', [
        headers['x-request-id'],
      ]);
      expect(rows.length, url).toBeGreaterThan(0);
    }
  });

  const withParameters = inside.filter(({ url }) => url.includes(':'));

  test.each(named(withParameters))('%s does not reach into this one', async (_name, route) => {
    const collection = route.url.slice(0, route.url.indexOf('/:'));
    const values = { id: String(made.get(collection)?.body.id ?? 999_999) };
    const body = route.example?.body ?? (route.body && {});
    const url = `${pathOf({ ...route, example: {} }, values)}${queryOf(route)}`;
    const answer = await call(route.method, url, { as: other, body });
    expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  const lists = inside.filter(({ method, url }) => method === 'GET' && !url.includes(':'));

  test.each(named(lists))('%s shows nothing of this one', async (_name, route) => {
    const { body } = await call('GET', `${route.url}${queryOf(route)}`, { as: other });
    const id = made.get(route.url)?.body.id ?? 'nothing';
    const ids = (body.items ?? []).map((item: { id: unknown }) => item.id);
    expect(ids).not.toContain(id);
  });

  test.each(named(inside))('%s lets no user of this one in', async (_name, route) => {
    const { rows } = await pool.query<{ id: number }>('select id from workspaces where slug = $1', [
      'other',
    ]);
    const session = sessions.get('admin') as Credentials;
    const elsewhere = { ...session, 'x-workspace': String(rows[0]?.id) };
    expect(await knock(route, elsewhere)).toEqual({ status: 403, code: 'workspace_forbidden' });
  });

  test.each(named(inside))('%s takes no workspace from the header of a key', async (_n, route) => {
    const elsewhere = { ...other, 'x-workspace': String(workspace.id) };
    expect(await knock(route, elsewhere)).toEqual({ status: 403, code: 'workspace_forbidden' });
  });
});

test('the documentation has every route, and nothing in it leads nowhere', async () => {
  const document = (await call('GET', '/openapi.json', { as: null })).body;
  expect(document.openapi).toMatch(/^3\.1\./);
  for (const { method, url } of routes) {
    const path = `/manage/v1${url.replaceAll(/:(\w+)/g, '{$1}')}`;
    expect(document.paths[path]?.[method.toLowerCase()], `${method} ${url}`).toBeDefined();
  }
  for (const [, reference = ''] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
    const target = reference
      .replace('#/', '')
      .split('/')
      .reduce((part, step) => part?.[step], document);
    expect(target, reference).toBeDefined();
  }
});

test('examples fit their schemas', () => {
  for (const route of routes) {
    if (route.example?.body === undefined) continue;
    const result = route.body?.safeParse(route.example.body);
    expect(result?.success, `${name(route)}: ${String(result?.error)}`).toBe(true);
  }
});

test('every problem has a status that says whose it is', () => {
  for (const { status } of Object.values(PROBLEMS)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  }
});

test('bad JSON never gets further than the door', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/manage/v1/tags',
    headers: { ...key, 'content-type': 'application/json' },
    payload: '{',
  });
  expect(answer.json().code).toBe('invalid_json');
});

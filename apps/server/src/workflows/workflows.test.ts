import { testRenderPool } from '../messages/rendering/test-render.ts';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { testApp } from '../http/test-app.ts';
import { settle } from '../main/around-contacts.ts';
import { EVERYTHING, SLOTS_CHANNEL } from '../slots/index.ts';
import { createWorkflowCache, workflowRoutes } from './index.ts';
import { createSecretBox } from '../secret/index.ts';

const { call, pool, clock, workspace, addWorkspace, addKey } = await testApp({
  routes: workflowRoutes({ settle, box: createSecretBox('test'), renderPool: testRenderPool }),
});

const valid = {
  language: 1,
  start: { type: 'event', event: 'SignedUp' },
  first: 'b1',
  blocks: { b1: { type: 'timer', wait: { n: 1, unit: 'day' } } },
};
const broken = { ...valid, first: 'b9' };

async function create(values: object = {}) {
  const { body } = await call('POST', '/workflows', {
    body: { name: 'Welcome', definition: valid, ...values },
  });
  return body;
}

const act = (id: string, verb: string) => call('POST', `/workflows/${id}/${verb}`);

async function auditOf(id: string): Promise<string[]> {
  const { rows } = await pool.query<{ action: string }>(
    `select action from audit where object_kind = 'workflow' and object_id = $1 order by id`,
    [id],
  );
  return rows.map((row) => row.action);
}

async function configVersion(): Promise<number> {
  const { rows } = await pool.query<{ config_version: number }>(
    `select config_version from workspaces where id = $1`,
    [workspace.id],
  );
  return rows[0]!.config_version;
}

describe('a draft', () => {
  test('is made with a key from its name, and read as it was saved', async () => {
    const made = await call('POST', '/workflows', {
      body: { name: 'Über Streak: lost!', definition: broken, tags: ['Winback'] },
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        key: 'uber-streak-lost',
        state: 'draft',
        definition: broken,
        tags: ['Winback'],
        published_version: null,
        published: null,
        changed: true,
        running: 0,
      },
    });
    expect((await call('GET', `/workflows/${made.body.id}`)).body).toEqual(made.body);
    const again = await create({ name: 'Über Streak: lost!' });
    expect(again.key).toBe('uber-streak-lost-2');
  });

  test('may not take a key that is taken', async () => {
    await create({ key: 'mine' });
    const answer = await call('POST', '/workflows', {
      body: { name: 'Other', key: 'mine', definition: valid },
    });
    expect(answer.status).toBe(409);
  });

  test('may be invalid, and says so on publication with the place and the block', async () => {
    const { id } = await create({
      definition: { ...valid, blocks: { b1: { type: 'email', message: '77' } } },
    });
    const refused = await act(id, 'publish');
    expect(refused).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            path: '/definition/blocks/b1/message',
            message: 'Email b1: The message 77 does not exist.',
          },
        ],
      },
    });
    expect((await act(id, 'activate')).status).toBe(409);
    expect(await auditOf(id)).toEqual(['workflow.create']);
  });

  test('is refused while nobody supplies what its message reads', async () => {
    const { rows } = await pool.query<{ id: number }>(
      `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
       values ($1, 'asks', 'Asks', 'email', 'en', 1, $2, $2) returning id`,
      [workspace.id, clock.now()],
    );
    const messageId = rows[0]!.id;
    await pool.query(
      `insert into message_versions (message_id, version, content, compiled, created_at, created_by)
       values ($1, 1, '{"en": {"html": "{{ confirm_url }}"}}', '{"en": {"variables": [["data", "code"]]}}', $2, 'test')`,
      [messageId, clock.now()],
    );
    const block = { type: 'email', message: String(messageId) };
    const validate = (b1: object) =>
      call('POST', '/workflows/validate', {
        body: { definition: { ...valid, blocks: { b1 } } },
      });
    expect((await validate(block)).body.errors).toMatchObject([
      { path: '/blocks/b1/message', message: expect.stringContaining('data.code') },
    ]);
    const supplied = { ...block, data: { code: 'A1' } };
    expect((await validate(supplied)).body).toMatchObject({
      valid: true,
      warnings: [{ path: '/start/event' }, { path: '/blocks/b1/message' }],
    });
    expect((await validate({ ...supplied, transactional: true })).body.warnings).toHaveLength(1);
  });

  test('is checked without being saved', async () => {
    const { body } = await call('POST', '/workflows/validate', { body: { definition: broken } });
    expect(body).toEqual({
      valid: false,
      errors: [
        {
          path: '/first',
          block: null,
          message: 'The workflow begins with b9, which does not exist.',
        },
      ],
      warnings: [
        { path: '/start/event', block: null, message: 'No event SignedUp has been seen yet.' },
      ],
    });
  });

  test('is changed, with what changed in the audit, and nothing there if nothing did', async () => {
    const { id } = await create();
    const body = { name: 'Hello', definition: broken, tags: ['a'] };
    expect((await call('PATCH', `/workflows/${id}`, { body })).body).toMatchObject(body);
    await call('PATCH', `/workflows/${id}`, { body });
    expect(await auditOf(id)).toEqual(['workflow.create', 'workflow.change']);
    const { rows } = await pool.query(
      `select before ->> 'name' as before, after ->> 'name' as after
         from audit where action = 'workflow.change' and object_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ before: 'Welcome', after: 'Hello' }]);
  });
});

describe('publishing', () => {
  test('makes versions that never change', async () => {
    const { id } = await create();
    const before = await configVersion();
    const first = await act(id, 'publish');
    expect(first.body).toMatchObject({
      published_version: 1,
      changed: false,
      published: { version: 1, definition: valid },
    });
    expect(await configVersion()).toBeGreaterThan(before);
    const next = { ...valid, limits: { reentry: 'once' } };
    const changed = await call('PATCH', `/workflows/${id}`, { body: { definition: next } });
    expect(changed.body).toMatchObject({ changed: true, published: { definition: valid } });
    expect((await act(id, 'publish')).body).toMatchObject({
      published_version: 2,
      published: { definition: next },
    });
    const { rows } = await pool.query(
      `select version, definition from workflow_versions where workflow_id = $1 order by version`,
      [id],
    );
    expect(rows).toEqual([
      { version: 1, definition: valid },
      { version: 2, definition: next },
    ]);
  });

  test('twice makes one version', async () => {
    const { id } = await create();
    await act(id, 'publish');
    expect((await act(id, 'publish')).body).toMatchObject({ published_version: 1 });
    expect(await auditOf(id)).toEqual(['workflow.create', 'workflow.publish']);
  });

  test('by two people at once makes one version', async () => {
    const { id } = await create();
    const answers = await Promise.all([act(id, 'publish'), act(id, 'publish')]);
    expect(answers.map((answer) => answer.body.published_version)).toEqual([1, 1]);
  });
});

describe('the states', () => {
  test.each([
    ['draft', 'activate', 'active'],
    ['draft', 'pause', undefined],
    ['active', 'activate', 'active'],
    ['active', 'pause', 'paused'],
    ['paused', 'pause', 'paused'],
    ['paused', 'activate', 'active'],
    ['archived', 'activate', 'active'],
    ['archived', 'pause', undefined],
    ['archived', 'publish', undefined],
  ])('%s: %s makes it %s', async (from, verb, to) => {
    const { id } = await create();
    await act(id, 'publish');
    await pool.query(`update workflows set state = $2 where id = $1`, [id, from]);
    const answer = await act(id, verb);
    if (to === undefined) expect(answer.status).toBe(409);
    else expect(answer).toMatchObject({ status: 200, body: { state: to } });
    const { body } = await call('GET', `/workflows/${id}`);
    expect(body.state).toBe(to ?? from);
  });

  test('activation takes a version whose messages are still there', async () => {
    const { rows } = await pool.query<{ id: number }>(
      `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
       values ($1, 'hi', 'Hi', 'email', 'en', 1, $2, $2) returning id`,
      [workspace.id, clock.now()],
    );
    const message = String(rows[0]!.id);
    const { id } = await create({
      definition: { ...valid, blocks: { b1: { type: 'email', message } } },
    });
    expect((await act(id, 'publish')).status).toBe(200);
    await pool.query(`update messages set archived_at = $1`, [clock.now()]);
    expect((await act(id, 'activate')).status).toBe(422);
  });
});

describe('the list', () => {
  test('activation wakes the workers for the runs that waited meanwhile', async () => {
    const { id } = await create({ name: 'Goes on' });
    await act(id, 'publish');
    const listener = await pool.connect();
    await listener.query(`listen ${SLOTS_CHANNEL}`);
    const heard = once(listener, 'notification') as Promise<{ payload?: string }[]>;
    await act(id, 'activate');
    expect((await heard)[0]).toMatchObject({ channel: SLOTS_CHANNEL, payload: EVERYTHING });
    listener.release(true);
  });

  test('comes in pages, newest first, searched and by state', async () => {
    const other = await addWorkspace('listed');
    const as = await addKey({ workspaceId: other.id });
    const names = ['One', 'Two', '50% off', 'Four'];
    const ids: string[] = [];
    for (const name of names) {
      const { body } = await call('POST', '/workflows', { as, body: { name, definition: valid } });
      ids.push(body.id);
    }
    await call('POST', `/workflows/${ids[1]}/publish`, { as });
    await call('POST', `/workflows/${ids[1]}/activate`, { as });
    const page = await call('GET', '/workflows?limit=3', { as });
    const rest = await call('GET', `/workflows?limit=3&cursor=${page.body.next_cursor}`, { as });
    const listed = [...page.body.items, ...rest.body.items].map(({ id }: { id: string }) => id);
    expect(listed).toEqual(ids.toReversed());
    expect(rest.body.next_cursor).toBeNull();
    const found = await call('GET', `/workflows?search=${encodeURIComponent('0% O')}`, { as });
    expect(found.body.items.map(({ name }: { name: string }) => name)).toEqual(['50% off']);
    const active = await call('GET', '/workflows?state=active', { as });
    expect(active.body.items).toMatchObject([{ name: 'Two', changed: false }]);
  });
});

describe('a draft that two people change', () => {
  const drawn = { ...valid, blocks: { b1: { type: 'end' } } };
  const save = (id: string, body: object) => call('PATCH', `/workflows/${id}`, { body });

  test('has a revision that grows with each change, and says who made it', async () => {
    const { id, revision } = await create();
    expect(revision).toBe(1);
    const saved = await save(id, { definition: drawn, revision });
    expect(saved.body).toMatchObject({ revision: 2, edited_at: clock.now().toISOString() });
    expect(saved.body.edited_by).toEqual(expect.any(String));
    expect((await save(id, { name: 'Other' })).body.revision).toBe(2);
    expect((await save(id, { definition: drawn })).body.revision).toBe(2);
  });

  test('is not overwritten by who has not seen the change', async () => {
    const { id, revision } = await create();
    await save(id, { definition: drawn, revision });
    const late = await save(id, { definition: broken, revision });
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(late.body.detail).toContain('revision 2, not 1');
    expect((await call('GET', `/workflows/${id}`)).body.definition).toEqual(drawn);
  });

  test('may be saved again by who lost the answer, and by who asks for no check', async () => {
    const { id, revision } = await create();
    await save(id, { definition: drawn, revision });
    expect((await save(id, { definition: drawn, revision })).status).toBe(200);
    expect((await save(id, { definition: broken })).body).toMatchObject({ revision: 3 });
  });
});

describe('versions', () => {
  test('are listed newest first, page by page, and each is read as it was published', async () => {
    const { id } = await create();
    await act(id, 'publish');
    await call('PATCH', `/workflows/${id}`, {
      body: { definition: { ...valid, blocks: { ...valid.blocks, b2: { type: 'end' } } } },
    });
    const two = {
      ...valid,
      blocks: { b1: { ...valid.blocks.b1, exits: { next: 'b2' } }, b2: { type: 'end' } },
    };
    await call('PATCH', `/workflows/${id}`, { body: { definition: two } });
    await act(id, 'publish');
    const newest = await call('GET', `/workflows/${id}/versions?limit=1`);
    expect(newest.body.items).toMatchObject([{ version: 2, blocks: 2 }]);
    const before = await call(
      'GET',
      `/workflows/${id}/versions?limit=1&cursor=${newest.body.next_cursor}`,
    );
    expect(before.body).toMatchObject({ items: [{ version: 1, blocks: 1 }], next_cursor: null });
    expect((await call('GET', `/workflows/${id}/versions/1`)).body).toMatchObject({
      version: 1,
      definition: valid,
    });
  });

  test.each(['3', '0', 'x', '99999999999'])('there is no version %s', async (version) => {
    const { id } = await create();
    await act(id, 'publish');
    const { status } = await call('GET', `/workflows/${id}/versions/${version}`);
    expect([400, 404, 422]).toContain(status);
  });
});

describe('a neighbour', () => {
  test('finds nothing of another workspace', async () => {
    const { id } = await create();
    const other = await addWorkspace('neighbour');
    const as = await addKey({ workspaceId: other.id });
    expect((await call('GET', `/workflows/${id}`, { as })).status).toBe(404);
    expect((await call('PATCH', `/workflows/${id}`, { as, body: { name: 'x' } })).status).toBe(404);
    for (const verb of ['publish', 'activate', 'pause']) {
      expect((await call('POST', `/workflows/${id}/${verb}`, { as })).status).toBe(404);
    }
    await act(id, 'publish');
    expect((await call('GET', `/workflows/${id}/versions`, { as })).status).toBe(404);
    expect((await call('GET', `/workflows/${id}/versions/1`, { as })).status).toBe(404);
  });
});

describe('the compiled workflows of a process', () => {
  test('follow every change, and compile each version once', async () => {
    const cache = createWorkflowCache();
    const other = await addWorkspace('compiled');
    const as = await addKey({ workspaceId: other.id });
    const seen = async () => {
      const index = await cache.load(pool);
      const { startsByEvent, eventTypes } = index.workspaces.get(other.id)!;
      return {
        types: [...eventTypes].sort(),
        starts: (startsByEvent.get('SignedUp') ?? []).map((workflow) => [
          workflow.state,
          workflow.published?.version,
        ]),
      };
    };
    expect(await seen()).toEqual({ types: [], starts: [] });
    const { body } = await call('POST', '/workflows', {
      as,
      body: {
        name: 'W',
        definition: { ...valid, stop: [{ type: 'event', event: 'Ordered' }] },
      },
    });
    const post = (verb: string) => call('POST', `/workflows/${body.id}/${verb}`, { as });
    await post('publish');
    expect(await seen()).toEqual({ types: [], starts: [] });
    await post('activate');
    expect(await seen()).toEqual({ types: ['Ordered', 'SignedUp'], starts: [['active', 1]] });
    const first = (await cache.load(pool)).version(Number(body.id), 1);
    await call('PATCH', `/workflows/${body.id}`, { as, body: { definition: valid } });
    await post('publish');
    // Runs of the first version still listen for its stop.
    expect(await seen()).toEqual({ types: ['Ordered', 'SignedUp'], starts: [['active', 2]] });
    expect((await cache.load(pool)).version(Number(body.id), 1)).toBe(first);
    await post('pause');
    expect(await seen()).toMatchObject({ starts: [['paused', 2]] });
  });

  test('leave out a version that this release cannot read, and nothing else', async () => {
    const other = await addWorkspace('broken');
    const as = await addKey({ workspaceId: other.id });
    const ids: number[] = [];
    for (const name of ['Read', 'Unread']) {
      const { body } = await call('POST', '/workflows', { as, body: { name, definition: valid } });
      await call('POST', `/workflows/${body.id}/publish`, { as });
      await call('POST', `/workflows/${body.id}/activate`, { as });
      ids.push(Number(body.id));
    }
    await pool.query(
      `update workflow_versions set definition = jsonb_set(definition, '{language}', '2') where workflow_id = $1`,
      [ids[1]],
    );
    const { workflows, startsByEvent } = (await createWorkflowCache().load(pool)).workspaces.get(
      other.id,
    )!;
    expect(startsByEvent.get('SignedUp')!.map(({ id }) => id)).toEqual([ids[0]]);
    expect(workflows.get(ids[1]!)).toMatchObject({ state: 'paused', published: undefined });
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';

const { call, send, identify, idOf, finishJob, addKey, pool, workspace } = await testContacts();

let round = 0;
let list = '';
const names = Array.from({ length: 10 }, (_, i) => `m${i}`);
const external = (name: string): string => `${name}-${round}`;

beforeEach(async () => {
  round += 1;
  const body = { name: `Members ${round}`, kind: 'list', tags: ['Test'] };
  list = (await call('POST', '/segments', { body })).body.id;
  await send(
    [...names, 'outside'].map((name) => ({
      ...identify([['external_id', external(name)]]),
      ...(name !== 'outside' && { lists: { add: [Number(list)] } }),
    })),
  );
});

async function membersOf(id: string): Promise<string[]> {
  const { body } = await call('GET', `/segments/${id}/members?limit=100`);
  return body.items.map(
    (member: { contact: { external_id: string } }) => member.contact.external_id,
  );
}

async function listsNamed(prefix: string): Promise<{ id: string; tags: string[] }[]> {
  return (await call('GET', `/segments?search=${encodeURIComponent(prefix)}`)).body.items;
}

describe('a list is split', () => {
  async function split(body: object) {
    return call('POST', `/segments/${list}/split`, { body });
  }

  test('into lists that together are exactly it, and keeps its members', async () => {
    const { status, body } = await split({
      by: 'share',
      lists: [
        { name: `Half ${round} A`, share: 50 },
        { name: `Half ${round} B`, share: 25 },
        { name: `Half ${round} C`, share: 25 },
      ],
    });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({ kind: 'segments.split', total: 10 });
    await finishJob(body.id);
    const made = await listsNamed(`Half ${round}`);
    expect(made).toMatchObject([{ tags: ['Test'] }, { tags: ['Test'] }, { tags: ['Test'] }]);
    const parts = await Promise.all(made.map(({ id }) => membersOf(id)));
    expect(parts.map((part) => part.length)).toEqual([5, 3, 2]);
    expect(parts.flat().toSorted()).toEqual(names.map(external).toSorted());
    expect(await membersOf(list)).toHaveLength(10);
    expect((await call('GET', `/jobs/${body.id}`)).body).toMatchObject({ state: 'done', done: 10 });
    const { body: log } = await call('GET', `/segments/${made[0]!.id}/log`);
    expect(log.items[0]).toMatchObject({ entered: true, cause: 'split' });
  });

  test('by size, the rest going into the open one', async () => {
    const { body } = await split({
      by: 'size',
      lists: [
        { name: `Size ${round} A`, size: 3 },
        { name: `Size ${round} B`, size: null },
      ],
    });
    await finishJob(body.id);
    const made = await listsNamed(`Size ${round}`);
    const parts = await Promise.all(made.map(({ id }) => membersOf(id)));
    expect(parts.map((part) => part.length)).toEqual([3, 7]);
  });

  test('only as it can be, else nothing is made', async () => {
    const lists = [
      { name: `No ${round} A`, size: 3 },
      { name: `No ${round} B`, size: 3 },
    ];
    const refused = await split({ by: 'size', lists });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: '/lists' }] } });
    const same = await split({
      by: 'share',
      lists: [
        { name: `No ${round} A`, share: 50 },
        { name: `no ${round} a`, share: 50 },
      ],
    });
    expect(same.status).toBe(409);
    expect(await listsNamed(`No ${round}`)).toEqual([]);
  });
});

describe('a list is deleted with its contacts', () => {
  async function remove(name: string, as?: Record<string, string>) {
    const body = { name };
    return call('POST', `/segments/${list}/delete_with_contacts`, { body, ...(as && { as }) });
  }

  test('when its name is said, and its contacts come back by undo', async () => {
    const { status, body } = await remove(`Members ${round}`);
    expect(status, JSON.stringify(body)).toBe(202);
    expect(body).toMatchObject({ total: 10, about: { kind: 'delete', undoing: false } });
    await finishJob(body.id);
    expect((await call('GET', `/segments/${list}`)).body.archived_at).not.toBeNull();
    const deletedAt = async (name: string) =>
      (await call('GET', `/contacts/${await idOf(external(name))}`)).body.deleted_at;
    expect(await deletedAt('m0')).not.toBeNull();
    expect(await deletedAt('outside')).toBeNull();
    const { rows } = await pool.query<{ action: string }>(
      `select action from audit where workspace_id = $1 and object_id = $2 order by id desc limit 1`,
      [workspace.id, list],
    );
    expect(rows).toEqual([{ action: 'segment.delete_with_contacts' }]);
    const { body: undo } = await call('POST', `/jobs/${body.id}/undo`);
    await finishJob(undo.id);
    expect(await deletedAt('m0')).toBeNull();
    await call('PATCH', `/segments/${list}`, { body: { archived: false } });
    expect(await membersOf(list)).toHaveLength(10);
  });

  test('by nobody who may not delete contacts, and not by a wrong name', async () => {
    const as = await addKey({ rights: ['contacts.read', 'segments.write'] });
    expect((await remove(`Members ${round}`, as)).status).toBe(403);
    const wrong = await remove(`members ${round}`);
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: '/name' }] } });
    expect((await call('GET', `/segments/${list}`)).body.archived_at).toBeNull();
  });
});

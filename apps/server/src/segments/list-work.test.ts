import { beforeEach, describe, expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';

const { call, send, identify, idOf, finishJob, addKey, pool, workspace, clock } =
  await testContacts();

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

  async function splitInTwo(name: string) {
    const { body } = await split({
      by: 'share',
      lists: [
        { name: `${name} ${round} A`, share: 50 },
        { name: `${name} ${round} B`, share: 50 },
      ],
    });
    await finishJob(body.id);
    return { job: body.id as string, parts: body.about.lists as { id: string; name: string }[] };
  }

  test('and taken back: the lists that it made are deleted, the list itself stays', async () => {
    const { job, parts } = await splitInTwo('Back');
    expect((await call('GET', `/jobs/${job}`)).body.undoable).toBe(true);
    // Contacts that go are no change of a list.
    await call('DELETE', `/contacts/${await idOf(external('m3'))}`);
    const { status, body } = await call('POST', `/jobs/${job}/undo`);
    expect([status, body.kind], JSON.stringify(body)).toEqual([201, 'segments.unsplit']);
    await finishJob(body.id);
    expect((await call('GET', `/jobs/${body.id}`)).body).toMatchObject({
      state: 'done',
      done: 2,
      total: 2,
      undoable: false,
    });
    expect(await listsNamed(`Back ${round}`)).toEqual([]);
    expect(await membersOf(list)).toHaveLength(9);
    // Deleted as any list is: it can be had again.
    const again = await call('PATCH', `/segments/${parts[0]!.id}`, { body: { archived: false } });
    expect(again.body.size).toBeGreaterThan(3);
  });

  test('and not taken back when one of its lists is used or was changed since', async () => {
    const cases: [(part: { id: string; name: string }) => Promise<unknown>, string][] = [
      [
        async ({ id }) =>
          call('POST', `/segments/${id}/members`, {
            body: { add: [{ external_id: external('outside') }] },
          }),
        'contacts were put into',
      ],
      [
        async ({ id }) => {
          const [first] = await membersOf(id);
          const body = { remove: [{ external_id: first }] };
          return call('POST', `/segments/${id}/members`, { body });
        },
        'contacts were put into',
      ],
      [
        async ({ id }) => call('PATCH', `/segments/${id}`, { body: { purpose: 'Keep' } }),
        'renamed or described',
      ],
      [
        async ({ id }) => {
          const condition = { type: 'segment', segment: id };
          const start = { type: 'event', event: 'Used' };
          const blocks = { a: { type: 'if', condition } };
          await call('POST', '/workflows', {
            body: { name: `Uses ${id}`, definition: { start, first: 'a', blocks } },
          });
        },
        'is used by the workflow',
      ],
    ];
    for (const [n, [act, reason]] of cases.entries()) {
      const { job, parts } = await splitInTwo(`Kept ${n}`);
      clock.advance(1000);
      await act(parts[1]!);
      const refused = await call('POST', `/jobs/${job}/undo`);
      expect(refused.status, reason).toBe(409);
      expect(refused.body.detail).toContain(reason);
      expect(refused.body.detail).toContain(parts[1]!.name);
      expect(refused.body.detail).not.toContain(parts[0]!.name);
      expect(await listsNamed(`Kept ${n} ${round}`)).toHaveLength(2);
    }
  });

  test('and taken back only once', async () => {
    const { job } = await splitInTwo('Once');
    await finishJob((await call('POST', `/jobs/${job}/undo`)).body.id);
    const again = await call('POST', `/jobs/${job}/undo`);
    expect([again.status, again.body.detail]).toEqual([
      409,
      'The lists that it made are deleted already.',
    ]);
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
  });

  test('and comes back with them as it was: its ID, its members since when, its log', async () => {
    const before = await seen();
    const { body } = await remove(`Members ${round}`);
    await finishJob(body.id);
    await finishJob((await call('POST', `/jobs/${body.id}/undo`)).body.id);
    expect((await call('GET', `/segments/${list}`)).body).toMatchObject({
      name: `Members ${round}`,
      archived_at: null,
      size: 10,
      tags: ['Test'],
    });
    expect(await seen()).toEqual(before);

    async function seen() {
      const { body: members } = await call('GET', `/segments/${list}/members?limit=100`);
      const { body: log } = await call('GET', `/segments/${list}/log?limit=100`);
      const since = members.items.map((member: { entered_at: string }) => member.entered_at);
      return { members: await membersOf(list), since, log: log.items };
    }
  });

  test('and does not come back over another list of its name, nor for who may not change lists', async () => {
    const { body } = await remove(`Members ${round}`);
    await finishJob(body.id);
    const as = await addKey({ rights: ['contacts.read', 'contacts.write'] });
    expect((await call('POST', `/jobs/${body.id}/undo`, { as })).status).toBe(403);
    const other = { name: `members ${round}`, kind: 'list' };
    const { body: taker } = await call('POST', '/segments', { body: other });
    const refused = await call('POST', `/jobs/${body.id}/undo`);
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      `Another list is called "Members ${round}" by now. Rename that one first.`,
    ]);
    await call('PATCH', `/segments/${taker.id}`, { body: { name: `Taker ${round}` } });
    const { body: undo } = await call('POST', `/jobs/${body.id}/undo`);
    await call('PATCH', `/segments/${taker.id}`, { body: { name: `MEMBERS ${round}` } });
    await finishJob(undo.id);
    // Taken while the contacts came back: those are there, and the job says what is not.
    expect((await call('GET', `/jobs/${undo.id}`)).body).toMatchObject({ done: 10, failed: 1 });
    expect((await call('GET', `/jobs/${undo.id}/errors`)).body.items).toMatchObject([
      { subject: 'The list', message: expect.stringContaining('by now') },
    ]);
    expect((await call('GET', `/segments/${list}`)).body.archived_at).not.toBeNull();
  });

  test('by nobody who may not delete contacts, and not by a wrong name', async () => {
    const as = await addKey({ rights: ['contacts.read', 'segments.write'] });
    expect((await remove(`Members ${round}`, as)).status).toBe(403);
    const wrong = await remove(`members ${round}`);
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: '/name' }] } });
    expect((await call('GET', `/segments/${list}`)).body.archived_at).toBeNull();
  });
});

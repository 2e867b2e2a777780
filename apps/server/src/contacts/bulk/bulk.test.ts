import { beforeEach, describe, expect, test } from 'vitest';
import { doSlice } from '../../jobs/do-work.ts';
import { longWork } from '../../main/long-work.ts';
import { testContacts } from '../test-contacts.ts';

const { call, pool, send, identify, idOf, finishJob, addKey, addWorkspace, clock, pipeline } =
  await testContacts();

const names = ['a', 'b', 'c', 'd'];
let round = 0;
const external = (name: string): string => `${name}${round}`;

beforeEach(async () => {
  round += 1;
  await send(
    names.map((name) =>
      identify(
        [
          ['external_id', external(name)],
          ['email', `${external(name)}@example.com`],
        ],
        { city: name < 'c' ? `Kyiv${round}` : `Lviv${round}` },
      ),
    ),
  );
});

const fromKyiv = () => ({
  filter: { type: 'field', field: 'city', op: 'equals', value: `Kyiv${round}` },
});

async function act(selection: object, action: object, as?: Record<string, string>) {
  return call('POST', '/contacts/bulk', { body: { selection, action }, ...(as && { as }) });
}

async function done(selection: object, action: object) {
  const { status, body } = await act(selection, action);
  expect(status, JSON.stringify(body)).toBe(202);
  await finishJob(body.id);
  return (await call('GET', `/jobs/${body.id}`)).body;
}

async function list(filter: object): Promise<string[]> {
  const body = { filter, sort: 'external_id', identified: 'all' };
  const found = await call('POST', '/contacts/search', { body });
  return found.body.items.map((contact: { external_id: string }) => contact.external_id);
}

async function undo(id: string) {
  const { status, body } = await call('POST', `/jobs/${id}/undo`);
  expect(status, JSON.stringify(body)).toBe(201);
  await finishJob(body.id);
  return (await call('GET', `/jobs/${body.id}`)).body;
}

async function newList(): Promise<string> {
  const { body } = await call('POST', '/segments', { body: { name: `L${round}`, kind: 'list' } });
  return body.id;
}

describe('a bulk action', () => {
  test('sets a field of all who match, and of nobody who came later', async () => {
    const action = { kind: 'set_field', field: 'language', value: 'uk' };
    const { body } = await act(fromKyiv(), action);
    await send([identify([['external_id', external('late')]], { city: `Kyiv${round}` })]);
    await finishJob(body.id);
    const job = (await call('GET', `/jobs/${body.id}`)).body;
    expect(job).toMatchObject({ state: 'done', total: 2, done: 2, failed: 0 });
    expect(job.about).toEqual({ kind: 'set_field', field: 'language', undoing: false });
    const uk = { type: 'field', field: 'language', op: 'equals', value: 'uk' };
    expect(await list({ all: [uk, fromKyiv().filter] })).toEqual([external('a'), external('b')]);
  });

  test('means who matched when it began, whoever changes while it runs', async () => {
    const { body } = await act(fromKyiv(), {
      kind: 'set_field',
      field: 'region',
      value: `R${round}`,
    });
    const { signal: stopping } = new AbortController();
    const parts = { pool, kinds: longWork, clock: clock.now, stopping };
    expect(await doSlice(parts, { id: Number(body.id) })).toBe('go on');
    await send([
      identify([['external_id', external('b')]], { city: `Lviv${round}` }),
      identify([['external_id', external('c')]], { city: `Kyiv${round}` }),
    ]);
    await finishJob(body.id);
    expect((await call('GET', `/jobs/${body.id}`)).body).toMatchObject({ total: 2, done: 2 });
    const there = { type: 'field', field: 'region', op: 'equals', value: `R${round}` };
    expect(await list(there)).toEqual([external('a'), external('b')]);
    await undo(body.id);
    expect(await list(there)).toEqual([]);
  });

  test('takes contacts by their IDs, or all but some', async () => {
    const [a, b] = [await idOf(external('a')), await idOf(external('b'))];
    const action = { kind: 'set_field', field: 'region', value: `R${round}` };
    await done({ contacts: [a, '999999999'] }, action);
    const there = { type: 'field', field: 'region', op: 'equals', value: `R${round}` };
    expect(await list(there)).toEqual([external('a')]);
    await done({ ...fromKyiv(), except: [b] }, { ...action, value: null });
    expect(await list(there)).toEqual([]);
  });

  test('puts into a list, and is taken back for those it put there', async () => {
    const id = await newList();
    await call('POST', `/segments/${id}/members`, {
      body: { add: [{ external_id: external('a') }] },
    });
    const member = { type: 'segment', segment: id };
    const job = await done(fromKyiv(), { kind: 'add_to_list', list: id });
    expect(job).toMatchObject({ done: 2, undoable: true, result: { changed: 1 } });
    expect(await list(member)).toEqual([external('a'), external('b')]);
    const back = await undo(job.id);
    expect(back).toMatchObject({ done: 1, undoable: false, about: { undoing: true } });
    expect(await list(member)).toEqual([external('a')]);
  });

  test('deletes, tells who was deleted already, and brings back', async () => {
    const gone = await idOf(external('c'));
    const b = await idOf(external('b'));
    const before = await done({ contacts: [gone] }, { kind: 'delete' });
    expect(before).toMatchObject({ done: 1, failed: 0 });
    const job = await done({ contacts: [gone, b] }, { kind: 'delete' });
    expect(job).toMatchObject({ done: 1, failed: 1 });
    const { body: errors } = await call('GET', `/jobs/${job.id}/errors`);
    expect(errors.items).toMatchObject([
      { contact: gone, message: expect.stringMatching('deleted') },
    ]);
    expect(await list(fromKyiv().filter)).toEqual([external('a')]);
    await undo(job.id);
    expect(await list(fromKyiv().filter)).toEqual([external('a'), external('b')]);
    await done({ deleted: true }, { kind: 'restore' });
    expect((await call('GET', `/contacts/${gone}`)).body.deleted_at).toBeNull();
  });

  test('changes a category and unsubscribes an address', async () => {
    const key = `offers${round}`;
    await call('POST', '/categories', {
      body: { key, name: `Offers ${round}`, default_subscribed: false },
    });
    await done(fromKyiv(), { kind: 'add_category', category: key });
    const both = [external('a'), external('b')];
    expect(await list({ type: 'category', category: key })).toEqual(both);
    await done(fromKyiv(), { kind: 'remove_category', category: key });
    expect(await list({ type: 'category', category: key })).toEqual([]);

    const job = await done(fromKyiv(), { kind: 'unsubscribe', channel: 'sms' });
    expect(job).toMatchObject({ done: 0, failed: 2 });
    await done(fromKyiv(), { kind: 'unsubscribe', channel: 'email' });
    await pipeline.drain();
    const out = { type: 'channel', channel: 'email', state: 'unsubscribed' };
    expect(await list({ all: [out, fromKyiv().filter] })).toEqual(both);
  });

  test('that is killed between two statements does everything once', async () => {
    const id = await newList();
    const { body } = await act(fromKyiv(), { kind: 'add_to_list', list: id });
    const job = { id: Number(body.id) };
    const parts = {
      pool,
      kinds: longWork,
      clock: clock.now,
      stopping: new AbortController().signal,
    };
    let cut = 0;
    const cutting = new Map(
      [...longWork].map(([name, kind]) => [
        name,
        {
          ...kind,
          slice: async (...given: Parameters<typeof kind.slice>) => {
            const slice = await kind.slice(...given);
            cut += 1;
            if (cut % 2 === 1)
              await given[0].query('select pg_terminate_backend(pg_backend_pid())');
            return slice;
          },
        },
      ]),
    );
    for (let outcome = ''; outcome !== 'finished';) {
      outcome = await doSlice({ ...parts, kinds: cutting }, job).catch(() => 'cut');
      await pipeline.drain();
    }
    const { body: after } = await call('GET', `/jobs/${body.id}`);
    expect(after).toMatchObject({ state: 'done', done: 2, failed: 0, result: { changed: 2 } });
    expect(await list({ type: 'segment', segment: id })).toEqual([external('a'), external('b')]);
  });
});

describe('a bulk action is refused', () => {
  test.each([
    [{ kind: 'set_field', field: 'shoe', value: 1 }, '/action/field'],
    [{ kind: 'set_field', field: 'email', value: 'x@example.com' }, '/action/field'],
    [{ kind: 'set_field', field: 'birthday', value: 'soon' }, '/action/value'],
    [{ kind: 'add_to_list', list: '999999' }, '/action/list'],
    [{ kind: 'add_category', category: 'none' }, '/action/category'],
  ])('%j', async (action, path) => {
    const { status, body } = await act(fromKyiv(), action);
    expect({ status, path: body.errors?.[0].path }).toEqual({ status: 400, path });
  });

  test('without the right to change lists, or for contacts of another workspace', async () => {
    const writer = await addKey({ rights: ['contacts.read', 'contacts.write'] });
    const list = await newList();
    expect((await act(fromKyiv(), { kind: 'add_to_list', list }, writer)).status).toBe(403);
    const other = await addKey({ workspaceId: (await addWorkspace(`other${round}`)).id });
    const contacts = [await idOf(external('a'))];
    expect((await act({ contacts }, { kind: 'delete' }, other)).status).toBe(404);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { doSlice } from '../../jobs/do-work.ts';
import { longWork } from '../../main/long-work.ts';
import { testContacts } from '../test-contacts.ts';

const app = await testContacts();
const { call, pool, send, identify, track, idOf, finishJob, addKey, clock, pipeline } = app;

let round = 0;
const external = (name: string): string => `${name}${round}`;
const key = (): string => `size${round}`;
const custom = (): string => `custom.${key()}`;
const STORED = { a: '12', b: '12 kg', c: 'many', d: '12' };

beforeEach(async () => {
  round += 1;
  await call('POST', '/fields', {
    body: { key: key(), type: 'text', rules: { max_length: 20, pattern: '.' } },
  });
  await send(
    Object.entries(STORED).map(([name, value]) =>
      identify([['external_id', external(name)]], { [custom()]: value }),
    ),
  );
});

async function fieldId(): Promise<string> {
  const { body } = await call('GET', '/fields?archived=true');
  return body.items.find((field: { key: string }) => field.key === key()).id;
}

async function field() {
  const { body } = await call('GET', '/fields?archived=true');
  return body.items.find((one: { key: string }) => one.key === key());
}

async function preview(body: object, as?: Record<string, string>) {
  const answer = await call('POST', `/fields/${await fieldId()}/type/preview`, {
    body,
    ...(as && { as }),
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

async function begin(body: object) {
  return call('POST', `/fields/${await fieldId()}/type`, { body });
}

async function change(body: object) {
  const { status, body: job } = await begin(body);
  expect(status, JSON.stringify(job)).toBe(202);
  await finishJob(job.id);
  return (await call('GET', `/jobs/${job.id}`)).body;
}

async function undo(id: string) {
  const { status, body } = await call('POST', `/jobs/${id}/undo`);
  expect(status, JSON.stringify(body)).toBe(201);
  await finishJob(body.id);
  return (await call('GET', `/jobs/${body.id}`)).body;
}

async function values(): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<{ name: string; value: unknown }>(
    `select external_id as name, fields -> $1 as value from contacts where external_id like $2 order by 1`,
    [custom(), `_${round}`],
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name[0], value]));
}

async function conflicts() {
  return (await call('GET', `/fields/conflicts?field=${custom()}`)).body.items;
}

describe('the preview of another type', () => {
  test('says what each value becomes, or why it cannot', async () => {
    expect(await preview({ type: 'integer' })).toMatchObject({
      from: 'text',
      to: 'integer',
      contacts: 4,
      exact: true,
      unchanged: 0,
      converted: 3,
      cannot: 1,
      examples: [
        { value: 'many', becomes: null, reason: 'not a whole number', contacts: 1 },
        { value: '12 kg', becomes: 12, reason: null, contacts: 1 },
        { value: '12', becomes: 12, reason: null, contacts: 2 },
      ],
      uses: [],
      allowed: true,
    });
    expect(await preview({ type: 'long_text' })).toMatchObject({ unchanged: 4, examples: [] });
    expect((await field()).type).toBe('text');
  });

  test('masks values for whoever may not see personal data', async () => {
    const as = await addKey({ rights: ['settings.write'] });
    const { examples } = await preview({ type: 'choice', choices: ['12'] }, as);
    expect(examples).toEqual([
      { value: '•••', becomes: null, reason: 'not one of the choices', contacts: 1 },
      { value: '•••', becomes: null, reason: 'not one of the choices', contacts: 1 },
    ]);
  });
});

describe('a field gets another type', () => {
  test('its values follow, what cannot is a conflict, and when they were set stays', async () => {
    const before = await setAt('a');
    const facts = await countFacts();
    const job = await change({ type: 'integer' });
    expect(job).toMatchObject({
      state: 'done',
      total: 4,
      done: 3,
      failed: 1,
      undoable: true,
      about: { field: custom(), from: 'text', to: 'integer', undoing: false },
      result: { converted: 3, unchanged: 0, cannot: 1 },
    });
    expect(await values()).toEqual({ a: 12, b: 12, c: null, d: 12 });
    expect(await setAt('a')).toEqual(before);
    expect(await conflicts()).toMatchObject([
      { contact: await idOf(external('c')), value: 'many', reason: 'not a whole number' },
    ]);
    // The people did nothing.
    expect(await countFacts()).toBe(facts);
    expect(await field()).toMatchObject({ type: 'integer', rules: {} });
  });

  test('what arrives meanwhile has the new form, and is left alone', async () => {
    const { body: job } = await begin({ type: 'integer' });
    await send([
      identify([['external_id', external('a')]], { [custom()]: 30 }),
      identify([['external_id', external('c')]], { [custom()]: 'a lot' }),
      identify([['external_id', external('e')]], { [custom()]: 7 }),
    ]);
    await finishJob(job.id);
    expect(await values()).toEqual({ a: 30, b: 12, c: null, d: 12, e: 7 });
    const kept = (await conflicts()).map(({ value }: { value: unknown }) => value);
    expect(kept.toSorted()).toEqual(['a lot', 'many']);
  });

  test('and back, with every value as it was', async () => {
    const before = await values();
    const job = await change({ type: 'integer' });
    await send([
      identify([['external_id', external('d')]], { [custom()]: 99 }),
      identify([['external_id', external('e')]], { [custom()]: 5 }),
    ]);
    expect(await undo(job.id)).toMatchObject({
      undoable: false,
      total: 4,
      failed: 0,
      about: { from: 'integer', to: 'text', undoing: true },
    });
    // What was set since follows the type.
    expect(await values()).toEqual({ ...before, d: '99', e: '5' });
    expect(await conflicts()).toEqual([]);
    expect(await field()).toMatchObject({ type: 'text', rules: { max_length: 20, pattern: '.' } });
  });

  test('not back when it has got a third one', async () => {
    const job = await change({ type: 'integer' });
    await change({ type: 'decimal' });
    const { status, body } = await call('POST', `/jobs/${job.id}/undo`);
    expect([status, body.detail]).toEqual([409, 'The field has got another type since.']);
  });

  test('cancelled, it can go on by another change', async () => {
    const { body } = await begin({ type: 'integer' });
    const stopping = new AbortController().signal;
    const work = { pool, kinds: longWork, clock: clock.now, stopping };
    await doSlice(work, { id: Number(body.id) });
    await doSlice(work, { id: Number(body.id) });
    await call('POST', `/jobs/${body.id}/cancel`);
    await pipeline.drain();
    expect(await doSlice(work, { id: Number(body.id) })).toBe('finished');
    const { body: job } = await call('GET', `/jobs/${body.id}`);
    expect(job).toMatchObject({ state: 'cancelled', done: 3, failed: 1, undoable: true });
    await undo(body.id);
    expect(await values()).toEqual(STORED);
  });

  async function setAt(name: string): Promise<unknown> {
    const { rows } = await pool.query(`select set_at -> $1 as at from contacts where id = $2`, [
      custom(),
      await idOf(external(name)),
    ]);
    return rows;
  }

  async function countFacts(): Promise<unknown> {
    return (await pool.query(`select count(*)::int as n from events`)).rows[0].n;
  }
});

describe('a field keeps its type', () => {
  async function workflow(block: object, publish: boolean): Promise<void> {
    const definition = {
      language: 1,
      start: { type: 'event', event: 'Go' },
      first: 'b1',
      blocks: { b1: { ...block, exits: {} } },
    };
    const { body } = await call('POST', '/workflows', {
      body: { name: `Uses ${round}`, definition },
    });
    if (!publish) return;
    const { status } = await call('POST', `/workflows/${body.id}/publish`, { body: {} });
    expect(status).toBeLessThan(300);
  }

  const condition = () => ({
    type: 'if',
    condition: { type: 'field', field: custom(), op: 'starts_with', value: '1' },
  });

  test.each([
    ['asks for what the new type has not', condition],
    ['sets what would not fit', () => ({ type: 'update_fields', set: { [custom()]: 'x' } })],
  ])('as long as a published workflow %s', async (_what, block) => {
    await workflow(block(), true);
    const { uses, allowed } = await preview({ type: 'integer' });
    expect({ uses, allowed }).toMatchObject({
      uses: [{ kind: 'workflow', name: `Uses ${round}`, blocks: true }],
      allowed: false,
    });
    const { status, body } = await begin({ type: 'integer' });
    expect([status, body.detail]).toEqual([409, expect.stringContaining(`Uses ${round}`)]);
    expect((await field()).type).toBe('text');
    expect(await preview({ type: 'choice' })).toMatchObject({ uses: [], allowed: true });
  });

  test('not for the sake of a draft or a view, which are told', async () => {
    await workflow(condition(), false);
    const filter = { type: 'field', field: custom(), op: 'contains', value: '1' };
    await call('POST', '/contact_views', {
      body: { name: `View ${round}`, shared: true, arrangement: { filter } },
    });
    expect(await preview({ type: 'integer' })).toMatchObject({
      uses: [
        { kind: 'workflow', state: 'draft', blocks: false },
        { kind: 'view', name: `View ${round}`, blocks: false },
      ],
      allowed: true,
    });
  });

  test('as long as contacts are found by its values', async () => {
    const { status } = await call('POST', '/event_mappings', {
      body: { parameter: `p${round}`, field: custom() },
    });
    expect(status).toBe(201);
    for (const id of await unfinished()) await finishJob(id);
    expect(await preview({ type: 'integer' })).toMatchObject({
      uses: [{ kind: 'identifier', blocks: true }],
      allowed: false,
    });
    await change({ type: 'choice', choices: ['12', '12 kg'] });
    await send([track([[`field.${custom()}`, '12 kg']], 'Weighed')]);
    const { rows } = await pool.query<{ contact_id: number }>(
      `select contact_id from events e join event_types t on t.id = e.event_type_id
        where t.key = 'Weighed' order by e.id desc limit 1`,
    );
    expect(String(rows[0]!.contact_id)).toBe(await idOf(external('b')));
    // What is a conflict now finds nobody.
    const { rows: found } = await pool.query(
      `select value from identifiers where kind = $1 and contact_id = $2`,
      [`field.${custom()}`, await idOf(external('c'))],
    );
    expect(found).toEqual([{ value: '' }]);
  });

  test('while work in progress asks for it, and when it has it already', async () => {
    const filter = { type: 'field', field: custom(), op: 'is_set' };
    const { body: job } = await call('POST', '/contacts/bulk', {
      body: { selection: { filter }, action: { kind: 'set_field', field: 'city', value: 'X' } },
    });
    expect(await preview({ type: 'integer' })).toMatchObject({
      uses: [{ kind: 'work', blocks: true }],
    });
    await finishJob(job.id);
    expect((await begin({ type: 'text' })).status).toBe(422);
    expect((await begin({ type: 'text', choices: ['a'] })).status).toBe(400);
  });

  async function unfinished(): Promise<string[]> {
    const { body } = await call('GET', '/jobs?state=queued');
    return body.items.map(({ id }: { id: string }) => id);
  }
});

import { beforeEach, describe, expect, test } from 'vitest';
import { doSlice } from '../../jobs/do-work.ts';
import { longWork } from '../../main/long-work.ts';
import { periodicJobs } from '../../main/periodic-jobs.ts';
import { testContacts } from '../test-contacts.ts';

const app = await testContacts();
const { call, pool, send, identify, idOf, finishJob, clock, pipeline } = app;

let round = 0;
const external = (name: string): string => `${name}${round}`;

beforeEach(async () => {
  round += 1;
  await send([
    identify([['external_id', external('a')]], { city: `Kyiv${round}`, region: 'north' }),
    identify([['external_id', external('b')]], { city: `Kyiv${round}` }),
    identify([['external_id', external('c')]], { city: `Kyiv${round}`, region: 'south' }),
  ]);
});

const everybody = () => ({
  filter: { type: 'field', field: 'city', op: 'equals', value: `Kyiv${round}` },
});

async function begin(action: object): Promise<string> {
  const { status, body } = await call('POST', '/contacts/bulk', {
    body: { selection: everybody(), action },
  });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.id;
}

async function done(action: object) {
  const id = await begin(action);
  await finishJob(id);
  return (await call('GET', `/jobs/${id}`)).body;
}

async function undo(id: string) {
  const { status, body } = await call('POST', `/jobs/${id}/undo`);
  expect(status, JSON.stringify(body)).toBe(201);
  await finishJob(body.id);
  await pipeline.drain();
  return (await call('GET', `/jobs/${body.id}`)).body;
}

async function region(name: string): Promise<unknown> {
  const { rows } = await pool.query<{ held: unknown }>(
    `select jsonb_build_array(fields -> 'region', set_at -> 'region') as held from contacts where id = $1`,
    [await idOf(external(name))],
  );
  return rows[0]!.held;
}

async function card(name: string) {
  return (await call('GET', `/contacts/${await idOf(external(name))}`)).body;
}

async function facts(name: string, type: string): Promise<unknown[]> {
  const { rows } = await pool.query<{ params: unknown }>(
    `select params from events e join event_types t on t.id = e.event_type_id
      where contact_id = $1 and t.key = $2 order by e.id desc`,
    [await idOf(external(name)), type],
  );
  return rows.map(({ params }) => params);
}

describe('a field that was set for many', () => {
  test('becomes what it was, with when and by what it had been set', async () => {
    const before = [await region('a'), await region('b'), await region('c')];
    const job = await done({ kind: 'set_field', field: 'region', value: 'south' });
    // The third one had this value already.
    expect(job).toMatchObject({ done: 3, result: { changed: 2 }, undoable: true });
    const ended = Date.parse(job.ended_at);
    expect(Date.parse(job.undoable_until) - ended).toBe(3 * 86_400_000);
    const back = await undo(job.id);
    expect(back).toMatchObject({
      done: 2,
      failed: 0,
      undoable: false,
      about: { kind: 'set_field', field: 'region', undoing: true },
    });
    expect([await region('a'), await region('b')]).toEqual(before.slice(0, 2));
    expect(await facts('a', 'FieldChanged')).toMatchObject([
      { changes: [{ field: 'region', from: 'south', to: 'north' }] },
      { changes: [{ field: 'region', from: 'north', to: 'south' }] },
    ]);
  });

  test('stays where somebody has changed it since', async () => {
    const job = await done({ kind: 'set_field', field: 'region', value: 'west' });
    await send([identify([['external_id', external('a')]], { region: 'east' })]);
    // Set anew to the same, it is no more the job's either.
    await send([identify([['external_id', external('b')]], { region: 'west' })]);
    const back = await undo(job.id);
    expect(back).toMatchObject({ done: 1, failed: 2 });
    const { body: errors } = await call('GET', `/jobs/${back.id}/errors`);
    expect(errors.items[0]).toMatchObject({
      contact: await idOf(external('a')),
      message: 'It was changed since, and stays so.',
    });
    expect([await region('a'), await region('b'), await region('c')]).toMatchObject([
      ['east', expect.anything()],
      ['west', expect.anything()],
      ['south', expect.anything()],
    ]);
  });

  test('of two jobs on one field the later is taken back first', async () => {
    const before = await region('a');
    const first = await done({ kind: 'set_field', field: 'region', value: 'west' });
    const second = await done({ kind: 'set_field', field: 'region', value: 'east' });
    expect(await undo(first.id)).toMatchObject({ done: 0, failed: 3 });
    await undo(second.id);
    expect(await region('a')).toMatchObject(['west', expect.anything()]);
    await undo(first.id);
    expect(await region('a')).toEqual(before);
  });

  test('is taken back for whom a cancelled job had changed', async () => {
    const id = await begin({ kind: 'set_field', field: 'region', value: 'west' });
    const stopping = new AbortController().signal;
    const work = { pool, kinds: longWork, clock: clock.now, stopping };
    // They are found, and handed over.
    await doSlice(work, { id: Number(id) });
    await doSlice(work, { id: Number(id) });
    await call('POST', `/jobs/${id}/cancel`);
    expect(await doSlice(work, { id: Number(id) })).toBe('look again');
    await pipeline.drain();
    expect(await doSlice(work, { id: Number(id) })).toBe('finished');
    const { body: job } = await call('GET', `/jobs/${id}`);
    expect(job).toMatchObject({ state: 'cancelled', done: 3, undoable: true });
    expect(await undo(id)).toMatchObject({ done: 3, failed: 0 });
    expect(await region('a')).toMatchObject(['north', expect.anything()]);
  });

  test('goes with a merge, and back with its undoing', async () => {
    const [a, b] = [await idOf(external('a')), await idOf(external('b'))];
    const job = await done({ kind: 'set_field', field: 'region', value: 'west' });
    const held = `select contact_id, before -> 'value' as before from earlier_values where job_id = $1 order by 1`;
    const apart = (await pool.query(held, [job.id])).rows;
    await merge(a, b);
    // What would stand without the job: the later of what both had.
    expect((await pool.query(held, [job.id])).rows).toMatchObject([
      { contact_id: Number(a), before: 'north' },
      { contact_id: Number(await idOf(external('c'))), before: 'south' },
    ]);
    const { body: merges } = await call('GET', `/contacts/${a}/merges`);
    await call('POST', `/contacts/${a}/merges/${merges.items[0].id}/undo`);
    await pipeline.drain();
    expect((await pool.query(held, [job.id])).rows).toEqual(apart);
    await merge(a, b);
    expect(await undo(job.id)).toMatchObject({ failed: 0, result: { changed: 2 } });
    expect(await region('a')).toMatchObject(['north', expect.anything()]);
  });

  test('can be taken back for three days', async () => {
    const job = await done({ kind: 'set_field', field: 'region', value: 'west' });
    const forget = periodicJobs.find(({ name }) => name === 'forget_jobs')!;
    const kept = `select count(*)::int as n from earlier_values where job_id = $1`;
    await forget.run({ pool, now: new Date(clock.now().getTime() + 2 * 86_400_000) });
    expect((await pool.query(kept, [job.id])).rows).toEqual([{ n: 3 }]);
    await forget.run({ pool, now: new Date(clock.now().getTime() + 4 * 86_400_000) });
    expect((await pool.query(kept, [job.id])).rows).toEqual([{ n: 0 }]);
    expect((await call('POST', `/jobs/${job.id}/undo`)).status).toBe(409);
  });

  async function merge(into: string, other: string): Promise<void> {
    const { status, body } = await call('POST', `/contacts/${into}/merge`, {
      body: { other },
    });
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    await pipeline.drain();
  }
});

describe('a category that many were put in or out of', () => {
  async function newCategory(): Promise<string> {
    const key = `news${round}`;
    const body = { key, name: `News ${round}`, default_subscribed: false };
    await call('POST', '/categories', { body });
    return key;
  }

  async function choices(name: string) {
    const { rows } = await pool.query(
      `select subscribed, source, consent_text as text from category_choices where contact_id = $1`,
      [await idOf(external(name))],
    );
    return rows;
  }

  test('has the choices from before, with the words that were agreed to', async () => {
    const category = await newCategory();
    await call('PATCH', `/contacts/${await idOf(external('a'))}/categories`, {
      body: { categories: { [category]: true }, text: 'Yes, news please.' },
    });
    clock.advance(1000);
    const job = await done({ kind: 'remove_category', category });
    expect(job).toMatchObject({ done: 3, result: { changed: 3 } });
    expect(await choices('b')).toMatchObject([{ subscribed: false, source: 'manual' }]);
    await call('PATCH', `/contacts/${await idOf(external('c'))}/categories`, {
      body: { categories: { [category]: true }, text: 'Told us so.' },
    });
    expect(await undo(job.id)).toMatchObject({ done: 2, failed: 1 });
    expect(await choices('a')).toMatchObject([{ subscribed: true, text: 'Yes, news please.' }]);
    expect(await choices('b')).toEqual([]);
    expect(await choices('c')).toMatchObject([{ subscribed: true, text: 'Told us so.' }]);
    expect((await facts('a', 'SubscriptionChanged'))[0]).toMatchObject({ subscribed: [category] });
    expect(await facts('b', 'SubscriptionChanged')).toEqual([]);
  });
});

describe('addresses that were unsubscribed', () => {
  const email = (name: string): string => `${external(name)}@example.com`;
  const addresses = () =>
    ['a', 'b', 'c'].map((name) =>
      identify([
        ['external_id', external(name)],
        ['email', email(name)],
      ]),
    );

  async function refuse(name: string): Promise<void> {
    const body = { channel: 'email', address: email(name), reason: 'unsubscribed' };
    expect((await call('POST', '/suppressions', { body })).status).toBe(201);
  }

  async function suppressed(): Promise<string[]> {
    const { rows } = await pool.query<{ address: string }>(
      `select address from suppressions where address like $1 order by address`,
      [`_${round}@%`],
    );
    return rows.map(({ address }) => address);
  }

  test('are written to again, but for those that anybody else said no to', async () => {
    await send(addresses());
    await refuse('a');
    const job = await done({ kind: 'unsubscribe', channel: 'email' });
    expect(job).toMatchObject({ done: 3, result: { changed: 2 }, undoable: true });
    await refuse('b');
    const back = await undo(job.id);
    expect(back).toMatchObject({ done: 1, failed: 1 });
    expect(await suppressed()).toEqual([email('a'), email('b')]);
    expect(
      (await card('c')).channels.find((row: { channel: string }) => row.channel === 'email'),
    ).toMatchObject({ status: 'subscribed' });
    expect((await facts('c', 'SubscriptionChanged'))[0]).toMatchObject({ lifted: 'unsubscribed' });
  });

  test('stay so while another such action holds', async () => {
    await send(addresses());
    const first = await done({ kind: 'unsubscribe', channel: 'email' });
    expect(await done({ kind: 'unsubscribe', channel: 'email' })).toMatchObject({
      result: { changed: 0 },
      undoable: false,
    });
    expect(await undo(first.id)).toMatchObject({ done: 0, failed: 3 });
    expect(await suppressed()).toHaveLength(3);
  });
});

import { expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';

const { call, finishJob } = await testContacts();

const whole = (include: unknown) => ({ language: 1, include });
const started = { type: 'event', event: 'BookStarted', period: { kind: 'ever' } };
const thisBook = {
  ...started,
  where: { param: 'book', op: 'equals', value: { $event: 'book' } },
};

let made = 0;

async function segment(definition: unknown): Promise<string> {
  made += 1;
  const { status, body } = await call('POST', '/segments', {
    body: { name: `Segment ${made}`, kind: 'dynamic', definition },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  const { body: read } = await call('GET', `/segments/${body.id}`);
  await finishJob(read.computing.job);
  return body.id;
}

async function workflow(start: unknown, more: object = {}): Promise<string> {
  made += 1;
  const definition = {
    language: 1,
    start,
    first: 'b1',
    blocks: { b1: { type: 'end' } },
    ...more,
  };
  const { body } = await call('POST', '/workflows', {
    body: { name: `Workflow ${made}`, definition },
  });
  return body.id;
}

const entering = (id: string) => ({ type: 'segment', segment: id, mode: 'entry' });
const forAll = (id: string) => ({ type: 'event_segment', event: 'ChapterPublished', segment: id });

test('a segment that takes values from an event is computed, has nobody, and starts by that event alone', async () => {
  const readers = await segment(whole(thisBook));
  const { body } = await call('GET', `/segments/${readers}`);
  expect(body).toMatchObject({ state: 'ready', size: 0 });
  const publish = async (id: string) => call('POST', `/workflows/${id}/publish`);
  expect(await publish(await workflow(forAll(readers)))).toMatchObject({ status: 200 });
  expect(await publish(await workflow(entering(readers)))).toMatchObject({
    status: 422,
    body: { errors: [{ path: '/definition/start/segment' }] },
  });
  const condition = { not: { type: 'segment', segment: readers } };
  const asking = { blocks: { b1: { type: 'if', condition, exits: {} } } };
  expect(await publish(await workflow(forAll(readers), asking))).toMatchObject({ status: 200 });
  const members = await segment(whole(started));
  expect(await publish(await workflow(entering(members), asking))).toMatchObject({
    status: 422,
    body: { errors: [{ path: '/definition/blocks/b1/condition/not/segment' }] },
  });
});

test('workflows that start by a segment use it', async () => {
  const id = await segment(whole(started));
  const names = [await workflow(entering(id)), await workflow(forAll(id))];
  const { body } = await call('GET', `/segments/${id}`);
  expect(body.used_by.map((use: { id: string }) => use.id).toSorted()).toEqual(names.toSorted());
  expect(await call('DELETE', `/segments/${id}`)).toMatchObject({ status: 409 });
});

test('a segment that is used does not become one that holds only by an event', async () => {
  const id = await segment(whole(started));
  const definition = whole(thisBook);
  await workflow(entering(id));
  expect(await call('PATCH', `/segments/${id}`, { body: { definition } })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('Without an event it would have no members') },
  });
  const free = await segment(whole(started));
  expect(await call('PATCH', `/segments/${free}`, { body: { definition } })).toMatchObject({
    status: 200,
  });
});

test('activating a workflow that starts members tells of the work', async () => {
  const id = await segment(whole(started));
  const made = await workflow({ ...entering(id), existing: true });
  await call('POST', `/workflows/${made}/publish`);
  expect(await call('POST', `/workflows/${made}/activate`)).toMatchObject({ status: 200 });
  const { body } = await call('GET', '/jobs');
  expect(body.items[0]).toMatchObject({
    kind: 'workflows.start_members',
    about: { workflow: made, segment: id },
  });
  await finishJob(body.items[0].id);
  const { body: job } = await call('GET', `/jobs/${body.items[0].id}`);
  expect(job).toMatchObject({ state: 'done' });
});

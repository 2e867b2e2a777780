import { expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';
import type { Identifier, OrderItem } from '../inbox/index.ts';

const app = await testContacts();
const { call, clock, workspace, send, identify, idOf, finishJob, pool } = app;

const DAY = 86_400_000;

function order(name: string, n: number, total: number, currency?: string): OrderItem {
  const at = clock.now().getTime();
  return {
    kind: 'order',
    ids: [['external_id', name]],
    at,
    source: 'order',
    order: {
      externalOrderId: `${name}-${n}`,
      status: 'DELIVERED',
      total,
      orderedAt: at - DAY,
      ...(currency !== undefined && { currency }),
    },
    fields: {},
  };
}

const spent = (kind: string, op: string, value: number, rest: object = {}) => ({
  type: 'order',
  measure: { kind, param: 'total', op, value },
  period: { kind: 'ever' },
  ...rest,
});
const whole = (include: object) => ({ language: 1, include });
const inEuro = { where: { param: 'currency', op: 'equals', value: 'EUR' } };

async function computed(include: object): Promise<string> {
  const body = { name: `Segment ${Math.random()}`, kind: 'dynamic', definition: whole(include) };
  const made = await call('POST', '/segments', { body });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return compute(made.body.id);
}

async function compute(id: string): Promise<string> {
  await finishJob((await call('GET', `/segments/${id}`)).body.computing.job);
  return id;
}

async function members(id: string): Promise<string[]> {
  const { body } = await call('GET', `/segments/${id}/members?limit=100`);
  return body.items
    .map(({ contact }: { contact: { external_id: string } }) => contact.external_id)
    .toSorted();
}

async function moveTo(currency: string): Promise<void> {
  await call('PATCH', `/workspaces/${workspace.id}`, { body: { currency } });
  // Keys are remembered with their workspace for five seconds.
  clock.advance(6000);
}

const external = (name: string): Identifier[] => [['external_id', name]];
await send(['ada', 'bob', 'cyd'].map((name) => identify(external(name))));
await send([
  order('ada', 1, 100, 'UAH'),
  order('ada', 2, 50, 'EUR'),
  order('bob', 1, 70, 'EUR'),
  order('cyd', 1, 90),
]);

/** How each kind of evaluation answers whom a rule holds for, as the workspace's currency is now. */
const evaluators: Record<string, (include: object) => Promise<string[]>> = {
  async preview(include) {
    const body = { definition: whole(include) };
    const answer = await call('POST', '/segments/preview', { body });
    return answer.body.sample
      .map(({ external_id: name }: { external_id: string }) => name)
      .toSorted();
  },
  recomputation: async (include) => members(await computed(include)),
  async explain(include) {
    const found = [];
    for (const name of ['ada', 'bob', 'cyd']) {
      const body = { definition: whole(include), contact: await idOf(name) };
      const answer = await call('POST', '/segments/explain', { body });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      if (answer.body.member) found.push(name);
    }
    return found;
  },
  async filter(include) {
    const filter = encodeURIComponent(JSON.stringify(include));
    const { body } = await call('GET', `/contacts?filter=${filter}`);
    return body.items.map(({ external_id: name }: { external_id: string }) => name).toSorted();
  },
};

test.each(Object.keys(evaluators))(
  'amounts are in the currency of the workspace: %s',
  async (name) => {
    const ask = evaluators[name]!;
    await moveTo('UAH');
    expect(await ask(spent('sum', 'equals', 100))).toEqual(['ada']);
    expect(await ask(spent('max', 'greater', 60))).toEqual(['ada', 'cyd']);
    expect(await ask(spent('sum', 'greater', 60, inEuro))).toEqual(['bob']);
    await moveTo('EUR');
    expect(await ask(spent('sum', 'equals', 100))).toEqual([]);
    expect(await ask(spent('min', 'greater', 60))).toEqual(['bob', 'cyd']);
    expect(await ask(spent('average', 'equals', 50))).toEqual(['ada']);
  },
);

test('an order is asked in the currency of the workspace as it comes', async () => {
  await moveTo('UAH');
  const id = await computed(spent('sum', 'greater_or_equal', 150));
  await send([order('bob', 2, 200, 'EUR'), order('ada', 3, 60, 'UAH')]);
  expect(await members(id)).toEqual(['ada']);
});

test('a move to another currency computes anew what adds amounts, and nothing else', async () => {
  await moveTo('UAH');
  const adding = await computed(spent('sum', 'greater', 250));
  const naming = await computed(spent('sum', 'greater', 250, inEuro));
  const counting = await computed({ type: 'order', period: { kind: 'ever' } });
  expect(await members(adding)).toEqual([]);
  await moveTo('EUR');
  for (const id of [naming, counting]) {
    expect((await call('GET', `/segments/${id}`)).body.computing).toBeNull();
  }
  expect(await members(await compute(adding))).toEqual(['bob']);
  const { body: log } = await call('GET', `/segments/${adding}/log`);
  expect(log.items).toMatchObject([{ entered: true, cause: 'workspace' }]);
});

test('a contact with very many events is asked in the database, in the same currency', async () => {
  await moveTo('UAH');
  const amount = spent('sum', 'greater_or_equal', 500);
  const { rows } = await pool.query<{ id: number }>(
    `select id from contacts where external_id = 'cyd' and workspace_id = $1`,
    [workspace.id],
  );
  expect(rows).toHaveLength(1);
  const runs = Array.from({ length: 1100 }, (_, n) =>
    app.track(external('cyd'), 'Ran', { params: { n } }),
  );
  await send(runs);
  const id = await computed({
    all: [amount, { type: 'event', event: 'Ran', period: { kind: 'ever' } }],
  });
  await send([order('cyd', 2, 500, 'EUR')]);
  expect(await members(id)).toEqual([]);
  await send([order('cyd', 3, 410)]);
  expect(await members(id)).toEqual(['cyd']);
});

test.each(['euro', 'XXX', 'DEM', '', null, 5])('the currency %j is refused', async (currency) => {
  const answer = await call('PATCH', `/workspaces/${workspace.id}`, { body: { currency } });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: '/currency' }] } });
});

test('a bulk action means the currency of when it began, and an older one adds all currencies', async () => {
  const begin = async (city: string): Promise<number> => {
    const { body, status } = await call('POST', '/contacts/bulk', {
      body: {
        selection: { filter: spent('sum', 'greater', 100) },
        action: { kind: 'set_field', field: 'city', value: city },
      },
    });
    expect(status, JSON.stringify(body)).toBe(202);
    return Number(body.id);
  };
  const livingIn = async (city: string): Promise<string[]> => {
    const filter = { type: 'field', field: 'city', op: 'equals', value: city };
    const { body } = await call('POST', '/contacts/search', { body: { filter } });
    return body.items.map((contact: { external_id: string }) => contact.external_id).toSorted();
  };
  await moveTo('UAH');
  const fromThen = await begin('Lviv');
  await moveTo('EUR');
  await finishJob(String(fromThen));
  expect(await livingIn('Lviv')).toEqual(['ada', 'cyd']);
  const older = await begin('Odesa');
  await pool.query(`update jobs set input = input #- '{selection,currency}' where id = $1`, [
    older,
  ]);
  await finishJob(String(older));
  expect((await call('GET', `/jobs/${older}`)).body).toMatchObject({ state: 'done', failed: 0 });
  expect(await livingIn('Odesa')).toEqual(['ada', 'bob', 'cyd']);
});

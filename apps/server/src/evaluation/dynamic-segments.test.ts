import { beforeEach, describe, expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';
import type { Identifier } from '../inbox/index.ts';

const app = await testContacts();
const { call, pool, clock, workspace, send, identify, track, idOf, finishJob, addKey } = app;

let round = 0;
const DAY = 86_400_000;

beforeEach(() => {
  round += 1;
});

function external(name: string): Identifier[] {
  return [['external_id', `${name}-${round}`]];
}

const everyone = { type: 'everyone' };
const whole = (include: unknown, rest: object = {}) => ({ language: 1, include, ...rest });
const livesIn = (city: string) =>
  whole({ type: 'field', field: 'city', op: 'equals', value: city });
const isIn = (segment: string) => whole({ type: 'segment', segment });
const trained = (rest: object = {}) =>
  whole({ type: 'event', event: `Trained${round}`, period: { kind: 'ever' }, ...rest });

async function create(definition: unknown, more: object = {}): Promise<string> {
  const { status, body } = await call('POST', '/segments', {
    body: { name: `Segment ${round} ${Math.random()}`, kind: 'dynamic', definition, ...more },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

async function read(id: string) {
  const { status, body } = await call('GET', `/segments/${id}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

async function compute(id: string): Promise<void> {
  await finishJob((await read(id)).computing.job);
}

async function computed(definition: unknown): Promise<string> {
  const id = await create(definition);
  await compute(id);
  return id;
}

async function members(id: string): Promise<string[]> {
  const { body } = await call('GET', `/segments/${id}/members?limit=100`);
  return body.items
    .map(({ contact }: { contact: { external_id: string } }) => contact.external_id.split('-')[0])
    .toSorted();
}

function contactOf(name: string): Promise<string> {
  return idOf(external(name)[0]![1]);
}

describe('a wrong definition', () => {
  const deep = (levels: number): unknown => (levels === 1 ? everyone : { all: [deep(levels - 1)] });
  const event = (rest: object) => whole({ type: 'event', event: 'A', ...rest });
  const field = (rest: object) => whole({ type: 'field', ...rest });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, '/definition'],
    ['null', null, '/definition'],
    ['a text', 'everyone', '/definition'],
    ['a number', 5, '/definition'],
    ['a list', [everyone], '/definition'],
    ['an empty object', {}, '/definition/language'],
    ['another language', { language: 2, include: everyone }, '/definition/language'],
    ['no include', { language: 1 }, '/definition/include'],
    ['no condition', whole({ all: [] }), '/definition/include'],
    ['an unknown member', whole(everyone, { only: 1 }), '/definition/only'],
    ['a node that is a list', whole([everyone]), '/definition/include'],
    ['a node of no type', whole({}), '/definition/include'],
    ['an unknown type', whole({ type: 'horoscope' }), '/definition/include/type'],
    ['two joins', whole({ all: [everyone], any: [] }), '/definition/include'],
    ['a join of no list', whole({ all: everyone }), '/definition/include/all'],
    ['a null inside', whole({ all: [everyone, null] }), '/definition/include/all/1'],
    ['too deep', whole(deep(21)), '/definition/include'],
    ['too many', whole({ any: Array(501).fill(everyone) }), '/definition/include'],
    ['an unknown field', field({ field: 'custom.no', op: 'is_set' }), '/definition/include/field'],
    ['a prototype', field({ field: '__proto__', op: 'is_set' }), '/definition/include/field'],
    ['no operator', field({ field: 'city' }), '/definition/include/op'],
    ['a type error', field({ field: 'city', op: 'equals', value: 5 }), '/definition/include/value'],
    ['no value', field({ field: 'city', op: 'equals', value: '' }), '/definition/include/value'],
    [
      'a broken pattern',
      field({ field: 'city', op: 'matches', value: '(' }),
      '/definition/include/value',
    ],
    [
      'an unknown zone',
      field({ field: 'birthday', op: 'on', value: '2000-01-01', zone: 'Mars' }),
      '/definition/include/zone',
    ],
    [
      'no period',
      event({ period: { kind: 'last', n: 0, unit: 'day' } }),
      '/definition/include/period/n',
    ],
    [
      'an age',
      event({ period: { kind: 'last', n: 1e9, unit: 'year' } }),
      '/definition/include/period/n',
    ],
    [
      'an unknown unit',
      event({ period: { kind: 'last', n: 1, unit: 'eon' } }),
      '/definition/include/period/unit',
    ],
    [
      'half an event',
      event({ measure: { kind: 'count', op: 'equals', value: 0.5 } }),
      '/definition/include/measure/value',
    ],
    [
      'a broken path',
      event({ where: { param: 'a..b', op: 'is_set' } }),
      '/definition/include/where/param',
    ],
    ['a segment that is not there', isIn('999999'), '/definition/include/segment'],
    [
      'a number for a segment',
      whole({ type: 'segment', segment: 1 }),
      '/definition/include/segment',
    ],
    [
      'a category that is not there',
      whole({ type: 'category', category: 'no' }),
      '/definition/include/category',
    ],
    [
      'a channel that is not there',
      whole({ type: 'channel', channel: 'pigeon', state: 'absent' }),
      '/definition/include/channel',
    ],
    [
      'a mistake in exclude',
      whole(everyone, { exclude: { type: 'no' } }),
      '/definition/exclude/type',
    ],
    ['a lone surrogate as a type', whole({ type: '\ud800' }), '/definition/include/type'],
  ])('is refused where it is wrong: %s', async (_case, definition, path) => {
    const name = `Wrong ${round}`;
    const saved = await call('POST', '/segments', { body: { name, kind: 'dynamic', definition } });
    expect(saved.status, JSON.stringify(saved.body)).toBe(422);
    expect(saved.body.errors.map((error: { path: string }) => error.path)).toContainEqual(
      expect.stringMatching(new RegExp(`^${path.replaceAll('/', '\\/')}`)),
    );
    const { body } = await call('GET', `/segments?search=${encodeURIComponent(name)}`);
    expect(body.items).toEqual([]);
    if (definition === undefined) return;
    const previewed = await call('POST', '/segments/preview', { body: { definition } });
    expect(previewed.status).toBe(422);
    const checked = await call('POST', '/segments/check', { body: { definition } });
    expect(checked.status).toBe(200);
    expect(checked.body.errors.length).toBeGreaterThan(0);
    expect(checked.body.sentence).toBeNull();
  });

  test('leaves the rule of a segment as it was', async () => {
    const id = await computed(livesIn(`Ham ${round}`));
    const { status } = await call('PATCH', `/segments/${id}`, {
      body: { name: 'Another name', definition: { language: 1 } },
    });
    expect(status).toBe(422);
    expect(await read(id)).toMatchObject({
      definition: livesIn(`Ham ${round}`),
      latest_version: 1,
    });
    expect((await read(id)).name).not.toBe('Another name');
  });

  test('that leads back to its segment is refused with the way', async () => {
    const inner = await create(livesIn('Rye'), { name: `Inner ${round}` });
    const middle = await create(isIn(inner), { name: `Middle ${round}` });
    const outer = await create(whole({ not: isIn(middle).include }), { name: `Outer ${round}` });
    for (const target of [outer, middle, inner]) {
      const { status, body } = await call('PATCH', `/segments/${inner}`, {
        body: { definition: whole({ any: [livesIn('Rye').include, isIn(target).include] }) },
      });
      expect(status).toBe(422);
      expect(body.errors[0].path).toBe('/definition/include/any/1/segment');
      expect(body.errors[0].message).toContain(`Inner ${round}`);
    }
  });
});

describe('a rule that takes values from an event', () => {
  const sameCity = { type: 'field', field: 'city', op: 'equals', value: { $event: 'city' } };

  test('has no members without one, and is not asked where there is none', async () => {
    await send([identify(external('ada'), { city: 'Bude' })]);
    const id = await computed(livesIn('Bude'));
    expect(await members(id)).toContain('ada');
    await call('PATCH', `/segments/${id}`, { body: { definition: whole({ not: sameCity }) } });
    await compute(id);
    expect(await read(id)).toMatchObject({ state: 'ready', version: 2, size: 0 });
    const { body: why } = await call(
      'GET',
      `/segments/${id}/explain?contact=${await contactOf('ada')}`,
    );
    expect(why).toMatchObject({ member: false, missing: ['city'] });
    const trial = { definition: whole(sameCity) };
    expect((await call('POST', '/segments/preview', { body: trial })).body.errors).toMatchObject([
      { path: '/definition/include/value' },
    ]);
    const outer = { name: `Outer ${round}`, kind: 'dynamic', definition: isIn(id) };
    expect((await call('POST', '/segments', { body: outer })).body.errors).toMatchObject([
      { path: '/definition/include/segment' },
    ]);
  });
});

describe('a rule that takes values from an event, tried with one', () => {
  const book = (rest: object = {}) =>
    trained({ where: { param: 'book', op: 'equals', value: { $event: 'chapter.book' } }, ...rest });
  const event = (n: unknown) => ({ params: { chapter: { book: n } } });
  const preview = (definition: unknown, more: object) =>
    call('POST', '/segments/preview', { body: { definition, ...more } });

  beforeEach(() =>
    send([
      track(external('ada'), `Trained${round}`, { params: { book: 'b1' } }),
      track(external('ben'), `Trained${round}`, { params: { book: 'b2' } }),
    ]),
  );

  test('is asked of everybody and of one, as if that event had come', async () => {
    const { body } = await preview(book(), { event: event('b1') });
    expect(body).toMatchObject({ count: 1, sample: [{ external_id: `ada-${round}` }] });
    const contact = await contactOf('ben');
    const why = async (n: unknown) =>
      (
        await call('POST', '/segments/explain', {
          body: { definition: book(), contact, event: event(n) },
        })
      ).body;
    expect(await why('b1')).toMatchObject({ member: false, missing: [] });
    expect(await why('b2')).toMatchObject({ member: true, missing: [] });
  });

  test('also where it says how often, and holds for nobody when the event lacks the value', async () => {
    const often = trained({
      measure: { kind: 'count', op: 'greater_or_equal', value: { $event: 'n' } },
    });
    expect((await preview(often, { event: { params: { n: 1 } } })).body.count).toBe(2);
    expect((await preview(often, { event: { params: { n: 2 } } })).body.count).toBe(0);
    expect(
      (await preview({ ...often, include: { not: often.include } }, { event: {} })).body.count,
    ).toBe(0);
  });

  test('and an event that is none is refused at its place', async () => {
    const { status, body } = await preview(book(), { event: { params: 5 } });
    expect(status).toBe(400);
    expect(body.errors[0].path).toBe('/event/params');
  });
});

test('who hangs up while a rule is counted ends the statement in the database', async () => {
  const url = await app.app.listen({ host: '127.0.0.1', port: 0 });
  const rival = await pool.connect();
  // What counts needs this table, and stands still until it is free.
  await rival.query(`begin; lock table contacts in access exclusive mode`);
  const waiting = async () => {
    const { rows } = await pool.query(
      `select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%contacts%'`,
    );
    return rows.length;
  };
  const hangUp = new AbortController();
  const asked = fetch(`${url}/manage/v1/segments/preview`, {
    method: 'POST',
    headers: { ...app.key, 'content-type': 'application/json' },
    body: JSON.stringify({ definition: livesIn('Ely') }),
    signal: hangUp.signal,
  });
  try {
    await expect.poll(waiting).toBe(1);
    hangUp.abort(new Error('went away'));
    await expect(asked).rejects.toThrow('went away');
    await expect.poll(waiting).toBe(0);
  } finally {
    await rival.query(`rollback`);
    rival.release();
  }
});

describe('an event type that nobody has sent yet', () => {
  test('is registered with a warning at its place', async () => {
    const definition = whole({ any: [everyone, trained().include] });
    const { body } = await call('POST', '/segments', {
      body: { name: `Early ${round}`, kind: 'dynamic', definition },
    });
    expect(body.warnings).toEqual([
      { path: '/include/any/1/event', message: expect.stringContaining(`Trained${round}`) },
    ]);
    expect((await call('GET', `/event_types/Trained${round}`)).body.uses).toEqual([
      { kind: 'segment', id: body.id, name: `Early ${round}`, state: 'active', how: 'checks' },
    ]);
    const { body: again } = await call('POST', '/segments/check', { body: { definition } });
    expect(again.warnings).toEqual([]);
  });
});

describe('what a segment asks for', () => {
  test('is not deleted or archived while it does, and says so', async () => {
    const field = (await call('POST', '/fields', { body: { key: `plan${round}`, type: 'text' } }))
      .body;
    const key = `topic${round}`;
    const category = (await call('POST', '/categories', { body: { key, name: key } })).body;
    const list = (await call('POST', '/segments', { body: { name: `L ${round}`, kind: 'list' } }))
      .body;
    const name = `Asks ${round}`;
    const id = await create(
      whole({
        all: [
          { type: 'field', field: `custom.plan${round}`, op: 'is_set' },
          { type: 'category', category: key },
          { type: 'segment', segment: list.id },
          trained().include,
        ],
      }),
      { name },
    );
    const uses = [`/fields/${field.id}`, `/categories/${category.id}`, `/segments/${list.id}`];
    for (const url of [...uses, `/event_types/Trained${round}`]) {
      const { status, body } = await call('DELETE', url);
      expect(status, url).toBe(409);
      expect(body.detail, url).toContain(name);
    }
    expect((await read(list.id)).used_by).toEqual([
      { kind: 'segment', id, name, state: 'computing' },
    ]);
    const usage = await call('GET', `/fields/usage?field=custom.plan${round}`);
    expect(usage.body).toMatchObject({ segments: [{ id, name }], workflows: [] });
    await call('DELETE', `/segments/${id}`);
    for (const url of uses) expect((await call('DELETE', url)).status, url).toBeLessThan(300);
  });
});

describe('events', () => {
  test('make members, of whom exactly those are shown who did it', async () => {
    await send([
      track(external('ada'), `Trained${round}`, { params: { kind: 'Strength' } }),
      track(external('ben'), `Trained${round}`, { params: { kind: 'Yoga' } }),
    ]);
    const strength = { where: { param: 'kind', op: 'equals', value: 'Strength' } };
    const { body } = await call('POST', '/segments/preview', {
      body: { definition: trained(strength) },
    });
    expect(body).toMatchObject({
      count: 1,
      sample: [{ external_id: `ada-${round}` }],
      took_ms: expect.any(Number),
      warnings: [],
    });
    expect(await members(await computed(trained(strength)))).toEqual(['ada']);
  });

  test('that are deleted have the segments computed anew that asked for them', async () => {
    await send([
      track(external('ada'), `Trained${round}`, { at: clock.now().getTime() - 2 * DAY }),
      track(external('ben'), `Trained${round}`),
    ]);
    const id = await computed(trained());
    expect(await members(id)).toEqual(['ada', 'ben']);
    const { body: job } = await call('POST', '/events/delete', {
      body: {
        type: `Trained${round}`,
        from: new Date(clock.now().getTime() - 3 * DAY).toISOString(),
        to: new Date(clock.now().getTime() - DAY).toISOString(),
        past_only: false,
      },
    });
    await finishJob(job.id);
    await compute(id);
    expect(await members(id)).toEqual(['ben']);
    const { body: log } = await call('GET', `/segments/${id}/log`);
    expect(log.items[0]).toMatchObject({ entered: false, cause: 'deletion' });
  });
});

test('the log tells which change let somebody in', async () => {
  const id = await computed(trained());
  await send([track(external('ada'), `Trained${round}`)]);
  expect(await members(id)).toEqual(['ada']);
  const { body: log } = await call('GET', `/segments/${id}/log`);
  expect(log.items).toMatchObject([{ entered: true, cause: 'data', by: `event:Trained${round}` }]);
});

describe('time that nobody has handled yet', () => {
  const lately = () => trained({ period: { kind: 'last', n: 7, unit: 'day' } });

  async function sizeOf(id: string): Promise<number> {
    return (await read(id)).size;
  }

  /** Time passes and no worker looks. */
  async function later(days: number): Promise<void> {
    clock.advance(days * DAY);
  }

  test('is known to sizes, members, filters, overlaps and explanations at once', async () => {
    await send([track(external('ada'), `Trained${round}`)]);
    await later(4);
    await send([track(external('ben'), `Trained${round}`)]);
    const id = await computed(lately());
    const absent = await computed(whole({ not: lately().include }));
    const outer = await computed(isIn(id));
    const strangers = (await sizeOf(absent)) - 0;
    await later(4);
    const { rows } = await pool.query(`select from memberships where segment_id = $1 and member`, [
      id,
    ]);
    expect(rows).toHaveLength(2);
    expect(await sizeOf(id)).toBe(1);
    expect(await members(id)).toEqual(['ben']);
    expect(await members(outer)).toEqual(['ben']);
    expect(await sizeOf(absent)).toBe(strangers + 1);
    expect(await members(absent)).toContain('ada');
    const { body: listed } = await call('GET', `/segments?search=${id}`);
    expect(listed.items).toContainEqual(expect.objectContaining({ id, size: 1 }));
    const filter = JSON.stringify({ type: 'segment', segment: id });
    const { body: found } = await call('GET', `/contacts?filter=${encodeURIComponent(filter)}`);
    expect(found.items.map(({ external_id: name }: { external_id: string }) => name)).toEqual([
      `ben-${round}`,
    ]);
    const { body: overlap } = await call('GET', `/segments/overlap?ids=${id},${outer}`);
    expect(overlap.regions).toEqual([
      { in: [id], count: 0 },
      { in: [outer], count: 0 },
      { in: [id, outer], count: 1 },
    ]);
    const { body: why } = await call(
      'GET',
      `/segments/${id}/explain?contact=${await contactOf('ada')}`,
    );
    expect(why).toMatchObject({ member: false, kept: { member: false, entered_at: null } });
    const { body: days } = await call('GET', `/segments/${id}/sizes`);
    expect(days.days.at(-1).size).toBe(1);
    const { body: card } = await call('GET', `/contacts/${await contactOf('ada')}/segments`);
    const shown = card.items.map((segment: { id: string }) => segment.id);
    expect(shown).toContain(absent);
    expect(shown).not.toContain(id);
  });
});

describe('why', () => {
  test('is told for a contact by the tree of conditions, with what each saw', async () => {
    await send([
      identify(external('ada'), { city: `Ely ${round}` }),
      track(external('ada'), `Trained${round}`),
    ]);
    const definition = whole(
      {
        all: [
          livesIn(`Ely ${round}`).include,
          trained({ period: { kind: 'last', n: 7, unit: 'day' } }).include,
        ],
      },
      { exclude: { type: 'field', field: 'gender', op: 'is_set' } },
    );
    const id = await computed(definition);
    const contact = await contactOf('ada');
    const { status, body } = await call('GET', `/segments/${id}/explain?contact=${contact}`);
    expect(status, JSON.stringify(body)).toBe(200);
    const at = (
      await pool.query<{ at: Date }>(
        `select max(e.occurred_at) as at from events e join event_types t on t.id = e.event_type_id where t.key = $1`,
        [`Trained${round}`],
      )
    ).rows[0]!.at.getTime();
    expect(body).toMatchObject({
      member: true,
      kept: { member: true, entered_at: expect.any(String) },
      next_change_at: new Date(at + 7 * DAY).toISOString(),
      missing: [],
      tree: {
        result: true,
        children: [
          {
            result: true,
            children: [
              { result: true, sentence: expect.stringContaining(`Ely ${round}`) },
              { result: true, values: { count: 1 } },
            ],
          },
          { result: false },
        ],
      },
    });
    const asked = { definition: livesIn('Elsewhere'), contact };
    const { body: trial } = await call('POST', '/segments/explain', { body: asked });
    expect(trial).toMatchObject({ member: false, kept: null, next_change_at: null });
  });

  test('shows no personal value to whom it may not, and answers nothing about hidden ones', async () => {
    const email = `ada-${round}@example.com`;
    await send([identify([...external('ada'), ['email', email]])]);
    const definition = whole({ type: 'field', field: 'email', op: 'contains', value: '@example' });
    const id = await computed(definition);
    const contact = await contactOf('ada');
    const as = await addKey({ rights: ['contacts.read', 'segments.write'] });
    const { body } = await call('GET', `/segments/${id}/explain?contact=${contact}`, { as });
    expect(body.member).toBe(true);
    expect(JSON.stringify(body.tree.children[0].values)).not.toContain(email);
    for (const [url, asked] of [
      ['/segments/preview', { definition }],
      ['/segments/explain', { definition, contact }],
    ] as const) {
      expect((await call('POST', url, { as, body: asked })).status).toBe(403);
      expect((await call('POST', url, { body: asked })).status).toBe(200);
    }
  });
});

describe('a rule in words', () => {
  test('names things as the workspace does', async () => {
    const list = (await call('POST', '/segments', { body: { name: `VIP ${round}`, kind: 'list' } }))
      .body;
    const definition = whole({ all: [trained().include, isIn(list.id).include] });
    const { body } = await call('POST', '/segments/check', { body: { definition } });
    expect(body).toMatchObject({ errors: [], conditions: 2 });
    expect(body.sentence).toContain(`VIP ${round}`);
  });
});

describe('the vocabulary', () => {
  test('holds what conditions can name', async () => {
    await call('POST', '/fields', {
      body: { key: `level${round}`, label: 'Level', type: 'choice', choices: ['a', 'b'] },
    });
    const id = await create(trained());
    const { status, body } = await call('GET', '/segments/vocabulary');
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.fields).toContainEqual({
      field: `custom.level${round}`,
      name: 'Level',
      type: 'choice',
      choices: ['a', 'b'],
      group: null,
    });
    expect(body.fields).toContainEqual(
      expect.objectContaining({ field: 'last_seen_at', type: 'date_time' }),
    );
    expect(body.event_types).toContainEqual(
      expect.objectContaining({ key: `Trained${round}`, params: [] }),
    );
    expect(body.segments).toContainEqual(expect.objectContaining({ id, kind: 'dynamic' }));
    expect(body.channels).toContainEqual(expect.objectContaining({ key: 'email' }));
  });
});

describe('a segment', () => {
  test('is frozen and split into lists, which then stand still', async () => {
    const city = `Deal ${round}`;
    await send(['ada', 'ben', 'cay', 'dan'].map((name) => identify(external(name), { city })));
    const id = await computed(livesIn(city));
    const { status, body: frozen } = await call('POST', `/segments/${id}/freeze`, {
      body: { name: `Frozen ${round}` },
    });
    expect(status, JSON.stringify(frozen)).toBe(201);
    expect(frozen).toMatchObject({ kind: 'list', name: `Frozen ${round}` });
    await finishJob(frozen.job);
    const { body: split } = await call('POST', `/segments/${id}/split`, {
      body: {
        by: 'share',
        lists: [
          { name: `A ${round}`, share: 50 },
          { name: `B ${round}`, share: 50 },
        ],
      },
    });
    await finishJob(split.id);
    await send([identify(external('ada'), { city: 'Elsewhere' })]);
    expect(await members(id)).toEqual(['ben', 'cay', 'dan']);
    expect(await members(frozen.id)).toEqual(['ada', 'ben', 'cay', 'dan']);
    expect((await call('GET', `/segments?search=A ${round}`)).body.items[0].size).toBe(2);
  });

  test('tells its size by day, with who came and went', async () => {
    const city = `Hythe ${round}`;
    await send(['ada', 'ben'].map((name) => identify(external(name), { city })));
    const id = await computed(livesIn(city));
    clock.advance(DAY);
    await send([identify(external('ada'), { city: 'Elsewhere' })]);
    const today = clock.now().toISOString().slice(0, 10);
    const { body } = await call('GET', `/segments/${id}/sizes?to=${today}`);
    expect(body.days).toHaveLength(30);
    expect(body.days.slice(-3).map(({ day: _day, ...rest }: { day: string }) => rest)).toEqual([
      { size: 0, entered: 0, left: 0 },
      { size: 2, entered: 2, left: 0 },
      { size: 1, entered: 0, left: 1 },
    ]);
    expect((await call('GET', `/segments/${id}/sizes?from=2001-01-01`)).status).toBe(400);
  });

  test('tells its size by day with those of others, without those of another workspace', async () => {
    const city = `Hove ${round}`;
    await send(['ada', 'ben'].map((name) => identify(external(name), { city })));
    const id = await computed(livesIn(city));
    clock.advance(DAY);
    await send([identify(external('ada'), { city: 'Elsewhere' })]);
    const { body: list } = await call('POST', '/segments', {
      body: { name: `Empty ${round}`, kind: 'list' },
    });
    const { status, body } = await call('GET', `/segments/sizes?ids=${list.id},${id},999999`);
    expect(status, JSON.stringify(body)).toBe(200);
    const [first, second] = body.items.toSorted(
      (a: { id: string }, b: { id: string }) => Number(a.id) - Number(b.id),
    );
    expect(body.days).toHaveLength(30);
    expect(body.days.at(-1)).toBe(clock.now().toISOString().slice(0, 10));
    expect(first).toEqual({ id, sizes: [...Array.from({ length: 28 }, () => 0), 2, 1] });
    expect(second).toEqual({ id: list.id, sizes: Array.from({ length: 30 }, () => 0) });
    expect((await call('GET', '/segments/sizes?ids=nobody')).status).toBe(400);
    expect((await call('GET', `/segments/sizes?ids=${id}&from=2001-01-01`)).status).toBe(400);
  });

  test('is listed with what uses it and with how far its computation is', async () => {
    const inner = await computed(livesIn(`Lewes ${round}`));
    const outer = await create({
      language: 1,
      include: {
        any: [
          { type: 'segment', segment: inner },
          { type: 'segment', segment: inner },
        ],
      },
      exclude: { type: 'field', field: 'city', op: 'equals', value: inner },
    });
    const listed = async (id: string) => {
      const { body } = await call('GET', '/segments?limit=100&sort=-created_at');
      return body.items.find((item: { id: string }) => item.id === id);
    };
    const detail = await read(outer);
    expect(await listed(outer)).toMatchObject({ used_by: [], computing: detail.computing });
    expect(detail.computing.job).toEqual(expect.any(String));
    expect(await listed(inner)).toMatchObject({
      computing: null,
      used_by: [{ kind: 'segment', id: outer, name: detail.name, state: 'computing' }],
    });
    await compute(outer);
    expect(await listed(inner)).toMatchObject({ used_by: [{ id: outer, state: 'ready' }] });
    expect(await listed(outer)).toMatchObject({ computing: null });
  });

  test('takes no members by hand', async () => {
    const id = await create(livesIn('X'));
    const added = await call('POST', `/segments/${id}/members`, {
      body: { add: [{ external_id: 'a' }] },
    });
    expect(added.status).toBe(422);
    expect((await call('POST', `/segments/${id}/empty`)).status).toBe(422);
  });

  test('is on the card of its members with when it may end', async () => {
    await send([track(external('ada'), `Trained${round}`)]);
    const id = await computed(trained({ period: { kind: 'last', n: 7, unit: 'day' } }));
    const { body } = await call('GET', `/contacts/${await contactOf('ada')}/segments`);
    expect(body.items).toContainEqual(
      expect.objectContaining({ id, kind: 'dynamic', next_change_at: expect.any(String) }),
    );
  });

  test('of another workspace is not there for any call', async () => {
    const id = await create(livesIn('Wall'));
    const other = await app.addWorkspace(`other-${round}`);
    const as = await addKey({ workspaceId: other.id });
    const calls: [Parameters<typeof call>[0], string, object?][] = [
      ['GET', `/segments/${id}`],
      ['PATCH', `/segments/${id}`, { definition: livesIn('Mine') }],
      ['POST', `/segments/${id}/recompute`],
      ['POST', `/segments/${id}/freeze`, { name: 'Stolen' }],
      ['GET', `/segments/${id}/sizes`],
      ['GET', `/segments/${id}/explain?contact=1`],
      ['GET', `/segments/overlap?ids=${id},${id}1`],
    ];
    for (const [method, url, body] of calls) {
      expect((await call(method, url, { as, body })).status, url).toBe(404);
    }
    const { status } = await call('POST', '/segments/check', {
      as,
      body: { definition: isIn(id) },
    });
    expect(status).toBe(200);
    const { body } = await call('POST', '/segments/preview', {
      as,
      body: { definition: isIn(id) },
    });
    expect(body.errors).toMatchObject([{ path: '/definition/include/segment' }]);
    expect(workspace.id).not.toBe(other.id);
  });
});

describe('the zone of the workspace', () => {
  test('moves, and what measures days by it is computed anew with that cause', async () => {
    // Yesterday at 23:30 by UTC, which is today in Tokyo.
    const at = Math.floor(clock.now().getTime() / DAY) * DAY - DAY / 48;
    await send([track(external('ada'), `Trained${round}`, { at })]);
    const today = { kind: 'today', zone: 'workspace' };
    const id = await computed(trained({ period: today }));
    expect(await members(id)).toEqual([]);
    await call('PATCH', `/workspaces/${workspace.id}`, { body: { time_zone: 'Asia/Tokyo' } });
    await compute(id);
    expect(await members(id)).toEqual(['ada']);
    const { body: log } = await call('GET', `/segments/${id}/log`);
    expect(log.items).toMatchObject([{ entered: true, cause: 'workspace' }]);
    await call('PATCH', `/workspaces/${workspace.id}`, { body: { time_zone: 'UTC' } });
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';
import {
  createInbox,
  LANES,
  type Identifier,
  type IdentifyItem,
  type ListChanges,
} from '../inbox/index.ts';
import { doSlice } from '../jobs/do-work.ts';
import { enqueueJob, workKinds } from '../jobs/index.ts';
import { settle } from '../main/around-contacts.ts';
import { findSegmentUses } from '../workflows/index.ts';
import { segmentKinds, segmentWork } from './long-work.ts';

const {
  call,
  pool,
  pipeline,
  clock,
  workspace,
  logIn,
  addWorkspace,
  addKey,
  send,
  identify,
  idOf,
} = await testContacts();

function external(id: string): Identifier[] {
  return [['external_id', id]];
}

/** An identify that names lists, as an import or the REST API sends it. */
function into(id: string, lists: ListChanges): IdentifyItem {
  return { ...(identify(external(id)) as IdentifyItem), source: 'import', lists };
}

async function newList(name: string, more: object = {}): Promise<string> {
  const { status, body } = await call('POST', '/segments', {
    body: { name, kind: 'list', ...more },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

async function sizeOf(id: string): Promise<number> {
  return (await call('GET', `/segments/${id}`)).body.size;
}

async function membersOf(id: string, query = ''): Promise<string[]> {
  const { status, body } = await call('GET', `/segments/${id}/members${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map(
    (member: { contact: { external_id: string } }) => member.contact.external_id,
  );
}

/** The log of a list, oldest first: `+ada import`. */
async function logOf(id: string): Promise<string[]> {
  const { status, body } = await call('GET', `/segments/${id}/log`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items
    .map(
      (entry: { entered: boolean; contact: { external_id: string } | null; cause: string }) =>
        `${entry.entered ? '+' : '-'}${entry.contact?.external_id} ${entry.cause}`,
    )
    .toReversed();
}

async function byName(name: string): Promise<string> {
  const { body } = await call('GET', `/segments?search=${encodeURIComponent(name)}`);
  return body.items[0]?.id;
}

/** Sizes as they are kept are those that counting gives. */
async function expectSizesRight(): Promise<void> {
  const { rows } = await pool.query(
    `select kept.segment_id, kept.members, count(m.contact_id) as counted
       from (select segment_id, sum(members) as members from segment_sizes group by segment_id) kept
       left join memberships m on m.segment_id = kept.segment_id and m.member
      group by kept.segment_id, kept.members
     having kept.members <> count(m.contact_id)`,
  );
  expect(rows).toEqual([]);
}

beforeAll(async () => {
  await send(['ada', 'ben', 'cay', 'dan', 'eve'].map((id) => identify(external(id))));
});

describe('members', () => {
  test('are put in and taken out, once each, with what was not found', async () => {
    const list = await newList('Runners');
    const ada = await idOf('ada');
    await send([identify([...external('ben'), ['email', 'ben@example.com']])]);
    const added = await call('POST', `/segments/${list}/members`, {
      body: {
        add: [
          ada,
          { external_id: 'cay' },
          { email: 'Ben@Example.com' },
          { email: 'no@one.com' },
          '99',
        ],
      },
    });
    expect(added.body).toEqual({
      added: 3,
      removed: 0,
      unchanged: 0,
      not_found: [{ email: 'no@one.com' }, '99'],
    });
    const changed = await call('POST', `/segments/${list}/members`, {
      body: { add: [ada], remove: [{ external_id: 'cay' }, { external_id: 'dan' }] },
    });
    expect(changed.body).toEqual({ added: 0, removed: 1, unchanged: 2, not_found: [] });
    expect(await sizeOf(list)).toBe(2);
    expect((await membersOf(list)).toSorted()).toEqual(['ada', 'ben']);
    expect((await logOf(list)).toSorted()).toEqual([
      '+ada api',
      '+ben api',
      '+cay api',
      '-cay api',
    ]);
    await expectSizesRight();
  });

  test('come in pages, newest first, and are searched', async () => {
    const list = await newList('Paged');
    for (const id of ['cay', 'ada', 'ben']) await send([into(id, { add: ['paged'] })]);
    const first = await call('GET', `/segments/${list}/members?limit=2`);
    expect(first.body.total).toBe(3);
    const rest = await membersOf(list, `?limit=2&cursor=${first.body.next_cursor}`);
    const newest = first.body.items.map(
      (m: { contact: { external_id: string } }) => m.contact.external_id,
    );
    expect([...newest, ...rest]).toEqual(['ben', 'ada', 'cay']);
    expect(await membersOf(list, '?search=extid:ada')).toEqual(['ada']);
    expect(await membersOf(list, '?search=extid:dan')).toEqual([]);
    expect(await membersOf(list, '?sort=created_at')).toEqual(['ada', 'ben', 'cay']);
  });

  test('are masked for who may not read personal data', async () => {
    const list = await newList('Masked');
    await send([into('ben', { add: ['Masked'] })]);
    const as = await logIn('marketer_without_contact_data');
    const { body } = await call('GET', `/segments/${list}/members`, { as });
    expect(JSON.stringify(body)).not.toContain('ben@example.com');
    const log = await call('GET', `/segments/${list}/log`, { as });
    expect(JSON.stringify(log.body)).not.toContain('ben@example.com');
  });

  test('are shown on the card', async () => {
    await send([into('eve', { add: ['Card one', 'Card two'] })]);
    const { body } = await call('GET', `/contacts/${await idOf('eve')}/segments`);
    expect(body.items).toMatchObject([
      { name: 'Card one', kind: 'list' },
      { name: 'Card two', kind: 'list' },
    ]);
  });

  test('of another workspace are not found', async () => {
    const list = await newList('Walled');
    const other = await addWorkspace('elsewhere');
    await send([identify(external('zoe'))], { workspaceId: other.id });
    const as = await addKey({ workspaceId: other.id });
    const { body: theirs } = await call('GET', '/contacts', { as });
    const zoe = theirs.items[0].id;
    const { body } = await call('POST', `/segments/${list}/members`, { body: { add: [zoe] } });
    expect(body).toMatchObject({ added: 0, not_found: [zoe] });
    // Nor can an item of theirs name a list of ours.
    await send([into('zoe', { add: [Number(list)] })], { workspaceId: other.id });
    expect(await sizeOf(list)).toBe(0);
  });
});

describe('an item that names lists', () => {
  test('makes unknown ones, finds known ones whatever the case, and enters once', async () => {
    await send([into('ada', { add: ['Beta  testers'] }), into('ben', { add: ['BETA testers'] })]);
    await send([into('ada', { add: ['beta testers'] })]);
    const list = await byName('beta testers');
    const { body } = await call('GET', `/segments/${list}`);
    expect(body).toMatchObject({
      name: 'Beta testers',
      key: 'beta-testers',
      source: 'import',
      size: 2,
    });
    expect((await logOf(list)).toSorted()).toEqual(['+ada import', '+ben import']);
  });

  test('makes no list only to take somebody out of it', async () => {
    await send([into('ada', { remove: ['Nothing of the kind'] })]);
    expect(await byName('nothing of the kind')).toBeUndefined();
  });

  test('enters and leaves in order, within one batch too', async () => {
    const list = Number(await newList('In and out'));
    await send([
      into('dan', { add: [list] }),
      into('dan', { remove: [list] }),
      into('dan', { add: [list], remove: [list] }),
      into('dan', { add: ['in and out'] }),
    ]);
    expect(await logOf(String(list))).toEqual(['+dan import', '-dan import', '+dan import']);
    expect(await sizeOf(String(list))).toBe(1);
  });

  test('is in the log though it arrived before the list that it made', async () => {
    const weekAgo = () => new Date(clock.now().getTime() - 7 * 24 * 60 * 60_000);
    const inbox = createInbox({ pool, clock: weekAgo });
    const items = [into('ada', { add: ['Made late'] }), into('ben', { add: ['Made late'] })];
    await inbox.append({ workspaceId: workspace.id, lane: LANES.stream, items });
    await inbox.close();
    await pipeline.drain();
    expect((await logOf(await byName('made late'))).toSorted()).toEqual([
      '+ada import',
      '+ben import',
    ]);
  });

  test('is in the log though it left at once', async () => {
    const list = await newList('Passed through');
    clock.advance(60_000);
    await send([into('eve', { add: [Number(list)] }), into('eve', { remove: [Number(list)] })]);
    expect(await logOf(list)).toEqual(['+eve import', '-eve import']);
    expect(await sizeOf(list)).toBe(0);
    await expectSizesRight();
  });

  test('says on the card which list does not exist', async () => {
    await send([into('dan', { add: [987_654] })]);
    const { body } = await call('GET', `/contacts/${await idOf('dan')}`);
    expect(body.conflicts).toMatchObject([
      { field: 'lists', value: '987654', reason: 'there is no such list' },
    ]);
  });

  test('follows a renamed list by its ID', async () => {
    await send([into('ada', { add: ['Old name'] })]);
    const list = await byName('old name');
    await call('PATCH', `/segments/${list}`, { body: { name: 'New name' } });
    await send([into('ben', { add: [Number(list)] }), into('cay', { add: ['old name'] })]);
    expect(await sizeOf(list)).toBe(2);
    expect(await byName('old name')).not.toBe(list);
  });
});

describe('a deleted contact', () => {
  test('is in no list, and gets its lists back when it returns', async () => {
    const list = await newList('Comes and goes');
    await send([into('fay', { add: [Number(list)] })]);
    const fay = await idOf('fay');
    await call('DELETE', `/contacts/${fay}`);
    expect(await sizeOf(list)).toBe(0);
    expect(await membersOf(list)).toEqual([]);
    const refused = await call('POST', `/segments/${list}/members`, { body: { add: [fay] } });
    expect(refused.body.not_found).toEqual([fay]);
    clock.advance(60_000);
    await send([identify(external('fay'))]);
    expect(await membersOf(list)).toEqual(['fay']);
    expect(await logOf(list)).toEqual([
      '+fay import',
      '-fay contact_deleted',
      '+fay contact_restored',
    ]);
    await expectSizesRight();
  });
});

describe('a merge', () => {
  test('brings the lists of both, each with its earlier entry', async () => {
    const [both, one] = [await newList('Both'), await newList('One')].map(Number) as [
      number,
      number,
    ];
    const anonymous: Identifier[] = [['anonymous_id', 'a-1']];
    const entered = clock.now().getTime();
    await send([{ ...(identify(anonymous) as IdentifyItem), lists: { add: [both, one] } }]);
    await send([into('gus', { add: [both] })]);
    expect(await sizeOf(String(both))).toBe(2);
    await send([identify([...external('gus'), ...anonymous])]);
    expect(await membersOf(String(both))).toEqual(['gus']);
    expect(await membersOf(String(one))).toEqual(['gus']);
    const { body } = await call('GET', `/segments/${both}/members`);
    expect(Date.parse(body.items[0].entered_at)).toBe(entered);
    await expectSizesRight();
  });
});

describe('a merge that is undone', () => {
  test('gives each contact its own lists and entries back', async () => {
    const [both, one] = [await newList('Both again'), await newList('One again')];
    await send([into('hal', { add: [Number(both), Number(one)] })]);
    const early = clock.now().getTime() - 1000;
    clock.advance(60_000);
    await send([into('ivy', { add: [Number(both)] })]);
    const late = clock.now().getTime() - 1000;
    const [hal, ivy] = [await idOf('hal'), await idOf('ivy')];
    const merged = await call('POST', `/contacts/${ivy}/merge`, { body: { other: hal } });
    expect(merged.status, JSON.stringify(merged.body)).toBeLessThan(300);
    expect([await sizeOf(both), await sizeOf(one)]).toEqual([1, 1]);
    const keep = (await call('GET', `/segments/${both}/members`)).body.items[0].contact.id;
    const { body } = await call('GET', `/contacts/${keep}/merges`);
    const undone = await call('POST', `/contacts/${keep}/merges/${body.items[0].id}/undo`);
    expect(undone.status, JSON.stringify(undone.body)).toBeLessThan(300);
    expect([await sizeOf(both), await sizeOf(one)]).toEqual([2, 1]);
    const { rows } = await pool.query<{ contact_id: number; entered_at: Date }>(
      `select contact_id, entered_at from memberships where segment_id = $1`,
      [both],
    );
    const entered = new Map(rows.map((row) => [String(row.contact_id), row.entered_at.getTime()]));
    expect([entered.get(hal), entered.get(ivy)]).toEqual([early, late]);
    await expectSizesRight();
  });
});

describe('wrong calls', () => {
  const named = Array.from({ length: 501 }, (_, n) => String(n + 1));
  test.each<[string, object, number, string]>([
    ['nobody', {}, 400, ''],
    ['too many', { add: named }, 400, ''],
    ['an ID that is none', { add: ['ada'] }, 400, '/add/0'],
    ['a number', { add: [12] }, 400, '/add/0'],
    ['null', { remove: [null] }, 400, '/remove/0'],
    ['an empty external ID', { add: [{ external_id: '' }] }, 400, '/add/0'],
    ['an unknown member', { add: [{ name: 'Ada' }] }, 400, '/add/0'],
    ['no list', { add: 'ada' }, 400, '/add'],
    ['more members than there are', { add: [], drop: [] }, 400, '/drop'],
  ])('%s', async (_case, body, status, path) => {
    const list = (await byName('runners')) ?? (await newList('Runners'));
    const answer = await call('POST', `/segments/${list}/members`, { body });
    expect(answer.status).toBe(status);
    const paths = (answer.body.errors ?? []).map((error: { path: string }) => error.path);
    expect(paths.some((each: string) => each.startsWith(path))).toBe(true);
  });

  test.each<[string, object]>([
    ['without a name', { kind: 'list' }],
    ['with an empty name', { kind: 'list', name: '   ' }],
    ['with a name too long', { kind: 'list', name: 'x'.repeat(201) }],
    ['of no kind', { name: 'X' }],
    ['with a key that is none', { kind: 'list', name: 'X', key: 'Not A Key' }],
    ['with tags that are too long', { kind: 'list', name: 'X', tags: ['x'.repeat(51)] }],
  ])('a list %s', async (_case, body) => {
    expect((await call('POST', '/segments', { body })).status).toBe(400);
  });

  test('an address that is none is not found', async () => {
    const list = await newList('Lenient');
    const { body } = await call('POST', `/segments/${list}/members`, {
      body: { add: [{ email: 'not an address' }, { phone: 'x' }, { external_id: 'null' }] },
    });
    expect(body.not_found).toHaveLength(3);
  });
});

describe('a list', () => {
  test('has a name that no other has, whatever the case', async () => {
    await newList('Only One');
    const second = await call('POST', '/segments', { body: { name: 'only  one', kind: 'list' } });
    expect(second).toMatchObject({ status: 409, body: { code: 'already_exists' } });
    const other = await newList('Another');
    const renamed = await call('PATCH', `/segments/${other}`, { body: { name: 'ONLY ONE' } });
    expect(renamed.status).toBe(409);
  });

  test('has no definition', async () => {
    const { status, body } = await call('POST', '/segments', {
      body: { name: 'Live', kind: 'list', definition: { language: 1 } },
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: '/definition', in: 'body' }]);
    const list = await newList('Without a rule');
    const changed = await call('PATCH', `/segments/${list}`, { body: { definition: {} } });
    expect(changed).toMatchObject({ status: 422, body: { errors: [{ path: '/definition' }] } });
    expect((await call('POST', `/segments/${list}/recompute`)).status).toBe(422);
  });

  test('is found by name, tag and ID', async () => {
    const list = await newList('Tagged', { tags: ['Sport'], purpose: 'Who runs' });
    for (const query of ['search=agge', 'tag=sport', `search=${list}`]) {
      const { body } = await call('GET', `/segments?${query}`);
      expect(body.items, query).toMatchObject([
        { id: list, tags: ['Sport'], purpose: 'Who runs', state: 'ready', size: 0 },
      ]);
    }
  });

  test('lists are paged in the order asked for', async () => {
    for (const sort of ['name', '-name', 'created_at', '-changed_at', 'size', '-size']) {
      const { body: all } = await call('GET', `/segments?sort=${sort}&limit=100`);
      const ids: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { body: { items: { id: string }[]; next_cursor: string | null } } = await call(
          'GET',
          `/segments?sort=${sort}&limit=4${cursor && `&cursor=${cursor}`}`,
        );
        ids.push(...page.body.items.map(({ id }) => id));
        cursor = page.body.next_cursor;
      }
      expect(ids, sort).toEqual(all.items.map(({ id }: { id: string }) => id));
      expect(ids).toHaveLength(all.total);
    }
  });

  test('names are sorted as people count, page by page and on the card', async () => {
    const sorted = ['Wave 1', 'wave 2', 'Wave 2b', 'Wave 10', 'Wave 10.2', 'Wave 10.10', 'Wave A'];
    for (const name of sorted.toReversed()) {
      const list = await newList(name);
      await send([into('cay', { add: [Number(list)] })]);
    }
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: { items: { name: string }[]; next_cursor: string | null } } = await call(
        'GET',
        `/segments?search=wave&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      names.push(...page.body.items.map(({ name }) => name));
      cursor = page.body.next_cursor;
    }
    expect(names).toEqual(sorted);
    const { body } = await call('GET', `/contacts/${await idOf('cay')}/segments`);
    const shown = body.items.map((item: { name: string }) => item.name);
    expect(shown.filter((name: string) => /wave/i.test(name))).toEqual(sorted);
  });

  test('is deleted with its name free, and brought back with its members', async () => {
    const list = await newList('Short lived');
    await send([into('ada', { add: [Number(list)] })]);
    expect((await call('DELETE', `/segments/${list}`)).body.archived_at).not.toBeNull();
    expect(await byName('short lived')).toBeUndefined();
    const { body } = await call('GET', `/contacts/${await idOf('ada')}/segments`);
    expect(body.items.map((row: { id: string }) => row.id)).not.toContain(list);
    const refused = await call('POST', `/segments/${list}/members`, { body: { add: ['1'] } });
    expect(refused.status).toBe(409);
    const back = await call('PATCH', `/segments/${list}`, { body: { archived: false } });
    expect(back.body).toMatchObject({ archived_at: null, size: 1 });
  });

  test('stays while a workflow asks for it', async () => {
    const list = await newList('In use');
    const condition = { type: 'segment', segment: list };
    const definition = {
      language: 1,
      start: { type: 'event', event: 'Go' },
      first: 'b1',
      blocks: { b1: { type: 'if', condition, exits: {} } },
    };
    await call('POST', '/workflows', { body: { name: 'Asks', definition } });
    const refused = await call('DELETE', `/segments/${list}`);
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: 'It is used by the workflow "Asks".' },
    });
    const { body } = await call('GET', `/segments/${list}`);
    expect(body.used_by).toMatchObject([{ kind: 'workflow', name: 'Asks', state: 'draft' }]);
  });

  test('is changed with an audit row', async () => {
    const list = await newList('Audited');
    await call('PATCH', `/segments/${list}`, { body: { name: 'Audited well' } });
    await call('POST', `/segments/${list}/members`, { body: { add: [{ external_id: 'ada' }] } });
    const { rows } = await pool.query<{ action: string }>(
      `select action from audit where workspace_id = $1 and object_kind = 'segment' and object_id = $2 order by id`,
      [workspace.id, list],
    );
    expect(rows.map((row) => row.action)).toEqual([
      'segment.create',
      'segment.change',
      'segment.members',
    ]);
  });
});

describe('long work', () => {
  const parts = {
    pool,
    kinds: workKinds(segmentWork({ findSegmentUses, settle })),
    clock: () => clock.now(),
    stopping: new AbortController().signal,
  };

  /** Does a job to its end, the pipeline between its slices. */
  async function finish(id: number): Promise<void> {
    for (let slices = 0; slices < 20; slices += 1) {
      const outcome = await doSlice(parts, { id });
      if (outcome === 'finished') return;
      await pipeline.drain();
    }
    throw new Error('the job does not end');
  }

  test('empties a list of who is in it, and can put them back', async () => {
    const list = Number(await newList('To empty'));
    await send(['ada', 'ben', 'cay'].map((id) => into(id, { add: [list] })));
    const { status, body } = await call('POST', `/segments/${list}/empty`);
    expect([status, body.total, body.about]).toEqual([
      201,
      3,
      { segment: String(list), name: 'To empty' },
    ]);
    // Who comes after the work has begun stays.
    clock.advance(1000);
    await send([into('dan', { add: [list] })]);
    await finish(Number(body.id));
    expect(await membersOf(String(list))).toEqual(['dan']);
    const { undo } = segmentKinds[0]!;
    const by = {
      workspaceId: workspace.id,
      actor: { kind: 'system', id: null, name: 'test' },
    } as const;
    const order = undo!({ segment: String(list), name: 'To empty' }, Number(body.id))!;
    const back = await enqueueJob(pool, {
      workspaceId: workspace.id,
      by: { ...by, at: clock.now() },
      ...order,
    });
    await finish(back.id);
    expect(await sizeOf(String(list))).toBe(4);
    await expectSizesRight();
  });

  test('copies a list', async () => {
    const from = await newList('Original');
    await send(['ada', 'ben'].map((id) => into(id, { add: ['original'] })));
    const copy = await newList('Copy of it', { members_of: from });
    const { rows } = await pool.query<{ id: number }>(
      `select id from jobs where kind = 'segments.copy' order by id desc limit 1`,
    );
    await finish(rows[0]!.id);
    expect((await membersOf(copy)).toSorted()).toEqual(['ada', 'ben']);
    expect((await logOf(copy)).toSorted()).toEqual(['+ada copied', '+ben copied']);
  });
});

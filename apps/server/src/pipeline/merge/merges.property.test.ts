import fc from 'fast-check';
import { miscounted } from '../../events/test-counts.ts';
import { expect, test } from 'vitest';
import { testDatabase } from '../../db/test-database.ts';
import { createInbox, LANES, type Identifier, type InboxItem } from '../../inbox/index.ts';
import { PeopleModel, type Call, type Person } from '../test-people-model.ts';
import { testPipeline } from '../test-pipeline.ts';

const T0 = Date.UTC(2026, 5, 1, 12);
const { pool } = await testDatabase();
const { drain } = await testPipeline(pool, { clock: () => new Date(T0) });
let workspaces = 0;

async function newWorkspace(): Promise<number> {
  workspaces += 1;
  const { rows } = await pool.query<{ id: number }>(
    `insert into workspaces (slug, name, created_at) values ($1, $1, $2) returning id`,
    [`m${workspaces}`, new Date(T0)],
  );
  const id = rows[0]!.id;
  await pool.query(`insert into resolvers (workspace_id, mark) values ($1, $2)`, [
    id,
    new Date(T0),
  ]);
  return id;
}

/** What happens, with numbers that are read as whatever there is at the time. */
interface Deed {
  what: 'track' | 'again' | 'login' | 'set' | 'alias' | 'merge' | 'undo';
  user: string | undefined;
  anon: string | undefined;
  back: number;
  a: number;
  b: number;
  /** Goes with the deeds before it in one request. */
  joined: boolean;
}

const deeds = fc.array(
  fc.record({
    what: fc.constantFrom<Deed['what'][]>(
      ...(['track', 'track', 'login', 'login', 'set', 'set', 'alias'] as const),
      ...(['again', 'again', 'merge', 'merge', 'undo', 'undo'] as const),
    ),
    user: fc.option(fc.constantFrom('u1', 'u2', 'u3'), { nil: undefined }),
    anon: fc.option(fc.constantFrom('a1', 'a2', 'a3', 'a4'), { nil: undefined }),
    back: fc.integer({ min: 0, max: 4 }),
    a: fc.nat({ max: 30 }),
    b: fc.nat({ max: 30 }),
    joined: fc.boolean(),
  }),
  { minLength: 10, maxLength: 25 },
);

let serial = 0;

function callOf(deed: Deed, i: number): { call: Call; item: InboxItem } | undefined {
  const { what, user, anon } = deed;
  const at = T0 + (i - deed.back) * 1000;
  const ids: Identifier[] = [
    ...(user ? [['external_id', user] as Identifier] : []),
    ...(anon ? [['anonymous_id', anon] as Identifier] : []),
  ];
  if (ids.length === 0) return undefined;
  serial += 1;
  if (what === 'track') {
    const event = `m-${serial}`;
    const item: InboxItem = {
      kind: 'event',
      ids,
      at,
      source: 'sdk',
      event: 'Opened',
      params: {},
      messageId: event,
      ownTime: true,
      createContact: true,
    };
    return { call: { user, anon, at, event }, item };
  }
  if (what === 'alias') {
    if (!user || !anon) return undefined;
    const previous: Identifier = ['anonymous_id', anon];
    const item: InboxItem = { kind: 'alias', ids: ids.slice(0, 1), previous, at, source: 'sdk' };
    return { call: { user, anon, at }, item };
  }
  const email = `e${serial}@example.com`;
  const fields: Record<string, string> =
    what === 'set'
      ? { city: `c${serial}`, ...(deed.a % 3 === 0 && { email }) }
      : { first_name: `n${serial}` };
  if ('email' in fields) ids.push(['email', email]);
  return {
    call: { user, anon, at, fields },
    item: { kind: 'identify', ids, at, source: 'identify', fields },
  };
}

/** Contacts in the order in which they were made, whatever became of them. */
async function contactsOf(workspaceId: number): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from contacts where workspace_id = $1 order by id`,
    [workspaceId],
  );
  return rows.map(({ id }) => id);
}

async function mergesOf(workspaceId: number): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `select id from merges where workspace_id = $1 order by id`,
    [workspaceId],
  );
  return rows.map(({ id }) => id);
}

function sorted(people: Person[]): string[] {
  const inOrder = (texts: string[]): string[] => texts.toSorted((a, b) => (a < b ? -1 : 1));
  return inOrder(
    people.map(({ external, ids, fields, events }) =>
      JSON.stringify({
        external,
        ids: inOrder(ids),
        fields: inOrder(Object.entries(fields).map(([name, value]) => `${name}=${value}`)),
        events: inOrder(events),
      }),
    ),
  );
}

async function storedPeople(workspaceId: number): Promise<Person[]> {
  const { rows } = await pool.query<Person & { email: string | null; address: string | null }>(
    `select external_id as external, email, fields,
            (select a.address from addresses a
              where a.contact_id = c.id and a.channel = 'email' and a.address = c.email) as address,
            array(select e.message_id from events e
                   where e.contact_id = c.id and e.message_id is not null) as events,
            array(select case when i.retired then 'former ' else '' end || i.kind || ':' || i.value
                    from identifiers i
                   where i.contact_id = c.id and i.kind not in ('contact', 'apart') and i.value <> '') as ids
       from contacts c
      where workspace_id = $1 and merged_into is null`,
    [workspaceId],
  );
  return rows.map(({ email, address, ...person }) => {
    // Card, identifiers and addresses say the same of an e-mail.
    expect(address).toBe(email);
    expect(person.ids.filter((id) => id.startsWith('email:'))).toEqual(
      email === null ? [] : [`email:${email}`],
    );
    const ids = person.ids.filter((id) => !id.startsWith('email:'));
    return { ...person, ids, fields: { ...person.fields, ...(email !== null && { email }) } };
  });
}

/** Plays deeds on the model and on the pipeline, in requests of random sizes. */
async function play(deedList: Deed[], workers: number): Promise<void> {
  const workspaceId = await newWorkspace();
  const model = new PeopleModel();
  let now = T0 + 3_600_000;
  const clock = (): Date => new Date((now += 1000));
  const inbox = createInbox({ pool, clock });
  let waiting: InboxItem[] = [];
  let contacts: number[] = [];
  let merges: number[] = [];
  let refused = 0;
  const tracked: { call: Call; item: InboxItem }[] = [];

  async function flush(): Promise<void> {
    if (waiting.length > 0) await inbox.append({ workspaceId, lane: LANES.stream, items: waiting });
    waiting = [];
    await drain({ clock, workers });
    contacts = await contactsOf(workspaceId);
    merges = await mergesOf(workspaceId);
    expect(contacts).toHaveLength(model.atoms.length);
    expect(merges).toHaveLength(model.merges.length);
  }

  async function byHand(deed: Deed, at: number): Promise<void> {
    if (contacts.length < model.atoms.length || merges.length < model.merges.length) await flush();
    if (deed.what === 'merge') {
      const roots = model.roots();
      const [keep, drop] = [roots[deed.a % roots.length], roots[deed.b % roots.length]];
      if (keep === undefined || drop === undefined || keep === drop) return;
      model.mergeByHand(keep, drop);
      const ids: Identifier[] = [['contact', String(contacts[keep])]];
      const other = contacts[drop]!;
      waiting.push({ kind: 'join', ids, other, at, source: 'manual', by: 'Ada' });
      return;
    }
    const merge = model.merges[deed.a % model.merges.length];
    if (!merge) return;
    const mergeId = merges[model.merges.indexOf(merge)]!;
    const ids: Identifier[] = [['contact', String(contacts[merge.keep])]];
    if (!model.undo(merge)) refused += 1;
    waiting.push({ kind: 'part', ids, mergeId, at, source: 'manual', by: 'Ada' });
  }

  for (const [i, deed] of deedList.entries()) {
    if (!deed.joined) await flush();
    if (deed.what === 'merge' || deed.what === 'undo') {
      await byHand(deed, T0 + i * 1000);
      continue;
    }
    if (deed.what === 'again') {
      const before = tracked[deed.a % tracked.length];
      if (!before) continue;
      model.take({ ...before.call, again: true });
      waiting.push(before.item);
      continue;
    }
    const made = callOf(deed, i);
    if (!made) continue;
    if (deed.what === 'track') tracked.push(made);
    model.take(made.call);
    waiting.push(made.item);
  }
  await flush();
  await inbox.close();
  expect(sorted(await storedPeople(workspaceId))).toEqual(sorted(model.people()));
  const { rows } = await pool.query<{ n: number }>(
    `select count(*) as n from dead_events where workspace_id = $1`,
    [workspaceId],
  );
  expect(rows[0]!.n).toBe(refused);
  expect(await miscounted(pool)).toEqual([]);
}

test('merges by rule and by hand, and undoing them in any order, come to what the model says', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, fc.integer({ min: 1, max: 2 }), play),
    // A failure prints its seed and path; both can be given here.
    { numRuns: 25 },
  );
}, 300_000);

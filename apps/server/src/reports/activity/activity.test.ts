import { beforeAll, describe, expect, test } from 'vitest';
import { testContacts } from '../../contacts/test-contacts.ts';
import type { Identifier } from '../../inbox/index.ts';

const { call, pool, workspace, clock, logIn, send, track, identify, idOf } = await testContacts();

const ada: Identifier[] = [['external_id', 'ada']];
let contact: string;
let message: number;
let workflow: number;

async function insert(statement: string, values: unknown[]): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(`${statement} returning id`, values);
  return rows[0]!.id;
}

/** A decision to send, with one delivery if it was made. */
async function sendOf(options: {
  decision?: string;
  status?: string | null;
  at?: Date;
  details?: string;
}): Promise<number> {
  const { decision = 'sent', status = 'sent', at = clock.now() } = options;
  const id = await insert(
    `insert into sends (contact_id, id, workspace_id, message_id, message_version, channel, language, workflow_id,
                        run_id, block, decision, reasons, status, created_at)
     values ($1, nextval('send_ids'), $2, $3, 1, 'email', 'en', $4, 1, 'b1', $5, $6, $7, $8)`,
    [
      contact,
      workspace.id,
      message,
      workflow,
      decision,
      JSON.stringify([{ gate: 'consent', passed: decision === 'sent', details: options.details }]),
      status,
      at,
    ],
  );
  if (status) {
    await pool.query(
      `insert into deliveries (contact_id, id, send_id, workspace_id, slot, channel, address, lane, state, status,
                               status_at, created_at)
       values ($1, nextval('delivery_ids'), $2, $3, 0, 'email', 'ada@example.com', 1, 'accepted', $4, $5, $5)`,
      [contact, id, workspace.id, status, at],
    );
  }
  return id;
}

interface Line {
  id: string;
  kind: string;
  name: string;
  status: string | null;
  details: Record<string, unknown>;
}

async function activity(query = ''): Promise<{ items: Line[]; total: number; counts: object }> {
  const { status, body } = await call('GET', `/contacts/${contact}/activity${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

async function inPages(query: string): Promise<Line[]> {
  const found: Line[] = [];
  for (let cursor: string | null = null, pages = 0; pages < 40; pages += 1) {
    const more: string = cursor ? `&cursor=${cursor}` : '';
    const { body } = await call('GET', `/contacts/${contact}/activity?limit=2${query}${more}`);
    found.push(...body.items);
    cursor = body.next_cursor;
    if (cursor === null) return found;
  }
  throw new Error('the activity does not end');
}

beforeAll(async () => {
  message = await insert(
    `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
     values ($1, 'welcome', 'Welcome', 'email', 'en', 1, $2, $2)`,
    [workspace.id, clock.now()],
  );
  workflow = await insert(
    `insert into workflows (workspace_id, key, name, state, draft, created_at, updated_at)
     values ($1, 'onboarding', 'Onboarding', 'active', '{}', $2, $2)`,
    [workspace.id, clock.now()],
  );
  await send([identify(ada, { first_name: 'Ada' })]);
  contact = await idOf('ada');
});

describe('the activity of a contact', () => {
  test('is one timeline of what they did, were sent, and what changed', async () => {
    await send([track(ada, 'Trained', { params: { minutes: 30 }, key: 'run-7' })]);
    await sendOf({ status: 'clicked' });
    clock.advance(1000);
    await send([identify(ada, { first_name: 'Augusta' })]);
    await send([track(ada, 'orderDELIVERED', { params: { total: 5 } })]);
    const { items, total, counts } = await activity();
    expect(items.map((line) => [line.kind, line.name, line.status])).toEqual([
      ['order', 'orderDELIVERED', null],
      ['field', 'first_name', null],
      ['send', 'Welcome', 'clicked'],
      ['event', 'Trained', null],
      ['profile', 'ContactCreated', null],
    ]);
    expect(items.map((line) => line.details)).toMatchObject([
      { total: 5 },
      { field: 'first_name', from: 'Ada', to: 'Augusta' },
      { workflow: 'Onboarding', decision: 'sent', deliveries: [{ status: 'clicked' }] },
      { key: 'run-7', minutes: 30 },
      { source: 'identify' },
    ]);
    expect(counts).toEqual({
      event: 1,
      send: 1,
      order: 1,
      form: 0,
      segment: 0,
      subscription: 0,
      field: 1,
      profile: 1,
      exact: true,
    });
    expect(total).toBe(5);
    expect((await call('GET', `/contacts/${contact}`)).body.counts).toEqual(counts);
  });

  test('can be read by kind, and says how much there is of it', async () => {
    const { items, total, counts } = await activity('?kinds=send,order');
    expect(items.map((line) => line.kind)).toEqual(['order', 'send']);
    expect(total).toBe(2);
    expect(counts).toMatchObject({ event: 1, field: 1, profile: 1 });
    expect((await activity('?kinds=segment')).items).toEqual([]);
    expect((await call('GET', `/contacts/${contact}/activity?kinds=nonsense`)).status).toBe(400);
  });

  test('ends before an instant when asked', async () => {
    const { items } = await activity();
    const { body } = await call('GET', `/contacts/${contact}/activity`);
    const before = body.items[2].at;
    const earlier = await activity(`?before=${before}`);
    expect(earlier.items.map((line) => line.id)).toEqual(items.slice(3).map((line) => line.id));
  });

  test('is the same whole and in pages, with many things in one millisecond', async () => {
    await send(Array.from({ length: 5 }, (_, n) => track(ada, `Burst${n % 2}`, { params: { n } })));
    const at = new Date(clock.now().getTime() - 1000);
    for (let n = 0; n < 3; n += 1) await sendOf({ at });
    const { items } = await activity('?limit=500');
    expect(items.length).toBe(13);
    expect(await inPages('')).toEqual(items);
    expect(await inPages('&kinds=send,field')).toEqual(
      items.filter((line) => ['send', 'field'].includes(line.kind)),
    );
  });

  test('tells what was opened as the contact did it, and leaves the rest to the send', async () => {
    clock.advance(1000);
    const about = { send: '1', message: String(message), channel: 'email' };
    await send([
      track(ada, 'MessageSent', { params: about }),
      track(ada, 'MessageClicked', { params: { ...about, url: 'https://example.com/a' } }),
    ]);
    const { items } = await activity('?kinds=event&limit=1');
    expect(items).toMatchObject([
      {
        kind: 'event',
        name: 'Welcome',
        type: 'MessageClicked',
        channel: 'email',
        status: 'clicked',
        details: { url: 'https://example.com/a' },
      },
    ]);
    expect(JSON.stringify(await activity('?limit=500'))).not.toContain('MessageSent');
  });

  test('has what was refused, with the reason', async () => {
    await sendOf({ decision: 'refused', status: null, details: 'unsubscribed' });
    const { items } = await activity('?kinds=send&limit=1');
    expect(items).toMatchObject([
      {
        status: 'refused',
        details: {
          reasons: [{ gate: 'consent', passed: false, details: 'unsubscribed' }],
          deliveries: [],
        },
      },
    ]);
  });

  test('names the workflows that an event started; the event tells of those it did not', async () => {
    clock.advance(1000);
    await send([track(ada, 'Started', {})]);
    const [line] = (await activity('?kinds=event&limit=1')).items;
    const { rows } = await pool.query<{ id: number; received_at: Date }>(
      `select e.id, e.received_at from events e join event_types t on t.id = e.event_type_id where t.key = 'Started'`,
    );
    const run = await insert(
      `insert into runs (contact_id, id, workspace_id, slot, workflow_id, version, state, context, started_at, ended_at)
       values ($1, nextval('run_ids'), $2, 0, $3, 1, 'completed', $4, $5, $5)`,
      [contact, workspace.id, workflow, { event_id: String(rows[0]!.id) }, clock.now()],
    );
    await pool.query(
      `insert into not_started (contact_id, workspace_id, workflow_id, key, reason, details, at)
       values ($1, $2, $3, '', 'unique', '{"started_at": "2026-01-01T00:00:00Z"}', $4),
              ($1, $2, $3, '', 'late', '{"event": "Other", "occurred_at": "2026-01-01T00:00:00.000Z"}', $4),
              ($1, $2, $3, '', 'unique', '{"event_id": "1"}', $4)`,
      [contact, workspace.id, workflow, rows[0]!.received_at],
    );
    const [started] = (await activity('?kinds=event&limit=1')).items;
    expect(started).toMatchObject({
      started: [{ workflow: String(workflow), name: 'Onboarding', run: String(run) }],
    });
    expect((await call('GET', `/events/${line!.id}`)).body).toMatchObject({
      event: 'Started',
      started: [{ run: String(run), name: 'Onboarding', state: 'completed' }],
      not_started: [{ workflow: String(workflow), reason: 'unique' }],
    });
  });

  test('shows no value to those who may not see personal data', async () => {
    await send([
      track(ada, 'Told', { params: { friend: 'Grace', email: 'grace@example.com' } }),
      identify(ada, { city: 'Arlington' }),
    ]);
    const as = await logIn('marketer_without_contact_data');
    const { body } = await call('GET', `/contacts/${contact}/activity?limit=500`, { as });
    expect(JSON.stringify(body)).not.toMatch(/Grace|grace@|Arlington|Augusta|ada@example/);
    const details = (name: string): unknown =>
      body.items.find((line: Line) => line.name === name).details;
    expect(details('Told')).toEqual({ friend: '•••', email: '•••' });
    expect(details('city')).toEqual({ field: 'city', from: null, to: '•••' });
  });
});

describe('filters of the activity', () => {
  const names = async (query: string): Promise<string[]> =>
    (await activity(query)).items.map((line) => line.name);

  beforeAll(async () => {
    await send([identify([['external_id', 'filtered']], { first_name: 'Fay' })]);
    contact = await idOf('filtered');
    const fay: Identifier[] = [['external_id', 'filtered']];
    const about = { send: '1', message: String(message) };
    await send([
      track(fay, 'Trained', { params: { place: 'Kyiv' } }),
      track(fay, 'MessageClicked', { params: { ...about, channel: 'sms', url: 'https://e.com' } }),
    ]);
    await sendOf({ status: 'clicked' });
    clock.advance(1000);
    await sendOf({ decision: 'refused', status: null });
    clock.advance(1000);
    await send([track(fay, 'Rested', { params: { note: 'place unknown' } })]);
  });

  test.each([
    ['?type=Trained', ['Trained']],
    ['?channel=sms', ['Welcome']],
    ['?channel=email', ['Welcome', 'Welcome']],
    ['?status=refused', ['Welcome']],
    ['?status=clicked', ['Welcome', 'Welcome']],
    ['?search=kyiv', ['Trained']],
    ['?search=RESTED', ['Rested']],
    ['?search=place&kinds=event', ['Rested', 'Trained']],
    ['?kinds=send&type=Trained', []],
  ])('%s finds %j', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test('a workflow has what it sent and the events that started it', async () => {
    const { rows } = await pool.query<{ id: number }>(
      `select e.id from events e join event_types t on t.id = e.event_type_id
        where t.key = 'Rested' and e.contact_id = $1`,
      [contact],
    );
    await insert(
      `insert into runs (contact_id, id, workspace_id, slot, workflow_id, version, state, context, started_at, ended_at)
       values ($1, nextval('run_ids'), $2, 0, $3, 1, 'completed', $4, $5, $5)`,
      [contact, workspace.id, workflow, { event_id: String(rows[0]!.id) }, clock.now()],
    );
    expect(await names(`?workflow=${workflow}`)).toEqual(['Rested', 'Welcome', 'Welcome']);
    expect(await names('?workflow=999999')).toEqual([]);
  });

  test('a period has what lies in it', async () => {
    const { items } = await activity();
    const at = (items[1] as unknown as { at: string }).at;
    expect((await activity(`?from=${at}`)).items.map((line) => line.id)).toEqual(
      items.slice(0, 2).map((line) => line.id),
    );
    expect(await names(`?from=${at}&before=${at}`)).toEqual([]);
  });

  test('without personal data no value is searched', async () => {
    const as = await logIn('marketer_without_contact_data', { email: 'other@example.com' });
    const found = async (search: string): Promise<number> => {
      const url = `/contacts/${contact}/activity?search=${search}`;
      return (await call('GET', url, { as })).body.items.length;
    };
    expect(await found('Kyiv')).toBe(0);
    expect(await found('Trained')).toBe(1);
  });

  test('a page looks at 2,000 lines and says how far it came; the next goes on', async () => {
    await send([identify([['external_id', 'busy']])]);
    contact = await idOf('busy');
    const busy: Identifier[] = [['external_id', 'busy']];
    const start = clock.now().getTime();
    await send([track(busy, 'Needle', { at: start - 10_000_000 })]);
    await send(
      Array.from({ length: 3000 }, (_, n) => track(busy, 'Hay', { at: start - n * 1000 })),
    );
    const first = await call('GET', `/contacts/${contact}/activity?search=needle`);
    expect(first.body.items).toEqual([]);
    expect(Date.parse(first.body.searched_to)).toBeGreaterThan(start - 3_000_000);
    const next = await call(
      'GET',
      `/contacts/${contact}/activity?search=needle&cursor=${first.body.next_cursor}`,
    );
    expect(next.body).toMatchObject({
      items: [{ name: 'Needle' }],
      next_cursor: null,
      searched_to: null,
    });
  });
});

test('a contact with nothing but its creation has just that', async () => {
  await send([identify([['external_id', 'quiet']])]);
  const { body } = await call('GET', `/contacts/${await idOf('quiet')}/activity`);
  expect(body).toMatchObject({ items: [{ kind: 'profile' }], next_cursor: null, total: 1 });
});

import { afterAll, describe, expect, test } from 'vitest';
import { ensurePartitions } from '../db/partitions.ts';
import { testDatabase } from '../db/test-database.ts';
import type { InboxItem, JsonObject } from '../inbox/index.ts';
import { fireRegular, planDates } from '../runs/index.ts';
import { aroundContacts } from './around-contacts.ts';
import {
  byGo,
  DAY,
  event,
  fields,
  HOUR,
  MINUTE,
  SLOTS,
  T0,
  workflowPipeline,
  workflowWorld,
  type WorkflowWorld,
} from './test-workflows.ts';

const { pool } = await testDatabase();
const pipeline = await workflowPipeline(pool);
const worlds: WorkflowWorld[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.close())));

async function newWorld(options: { zone?: string } = {}) {
  const world = await workflowWorld(pool, pipeline, options);
  worlds.push(world);
  const clock = () => new Date(world.now());
  const parts = { pool, questions: aroundContacts.questions, slots: SLOTS, clock };
  return {
    ...world,
    /** Lets the calendar do what is due, and the runs that it starts take their first steps. */
    async look(at = world.now()): Promise<void> {
      world.setClock(at);
      while ((await fireRegular(parts)) || (await planDates(parts)));
      await world.drain();
    },
    async starts(id: number): Promise<string[]> {
      const { rows } = await pool.query<{ line: string }>(
        `select c.external_id || ' ' || to_char(r.started_at at time zone 'UTC', 'MM-DD HH24:MI') as line
           from runs r join contacts c on c.id = r.contact_id
          where r.workflow_id = $1 order by r.started_at, c.external_id`,
        [id],
      );
      return rows.map((row) => row.line);
    },
  };
}

const done = { type: 'end' };

function into(list: number, ...whom: string[]): InboxItem[] {
  return whom.map((who) => ({
    kind: 'membership',
    ids: [['external_id', who]],
    lists: { add: [list] },
    at: T0,
    source: 'api',
  }));
}

describe('a start at regular times', () => {
  const regular = (segment: number, schedule: JsonObject): JsonObject =>
    byGo(
      { b1: done },
      { start: { type: 'segment', segment: String(segment), mode: 'regular', schedule } },
    );

  test('takes whoever is a member then, each once', async () => {
    const world = await newWorld();
    const list = await world.list();
    await world.happen(...['ann', 'bob'].map((who) => event(who, 'Hi')), ...into(list, 'ann'));
    const id = await world.workflow(regular(list, { every: 'day', at: '13:00' }));
    await world.look();
    expect(await world.starts(id)).toEqual([]);
    await world.look(T0 + HOUR);
    await world.look(T0 + HOUR + MINUTE);
    expect(await world.starts(id)).toEqual(['ann 06-01 13:00']);
    await world.happen(...into(list, 'bob'));
    await world.look(T0 + DAY + HOUR);
    expect(await world.starts(id)).toEqual([
      'ann 06-01 13:00',
      'ann 06-02 13:00',
      'bob 06-02 13:00',
    ]);
  });

  test('at the time of each contact’s own zone', async () => {
    const world = await newWorld();
    const list = await world.list();
    await world.happen(
      fields('kyiv', { time_zone: 'Europe/Kyiv' }),
      fields('york', { time_zone: 'America/New_York' }),
      event('here', 'Hi'),
      ...into(list, 'kyiv', 'york', 'here'),
    );
    const schedule = { every: 'day', at: '16:00', zone: 'contact' };
    const id = await world.workflow(regular(list, schedule));
    for (let at = T0; at <= T0 + 12 * HOUR; at += 30 * MINUTE) await world.look(at);
    // 16:00 is 13:00Z in Kyiv, 16:00Z in the workspace, and 20:00Z in New York.
    expect(await world.starts(id)).toEqual([
      'kyiv 06-01 13:00',
      'here 06-01 16:00',
      'york 06-01 20:00',
    ]);
  });

  test('that was missed happens once, if it is not a day old', async () => {
    const world = await newWorld();
    const list = await world.list();
    await world.happen(event('ann', 'Hi'), ...into(list, 'ann'));
    const hourly = await world.workflow(regular(list, { every: 'cron', cron: '0 * * * *' }));
    const weekly = await world.workflow(regular(list, { every: 'week', at: '13:00', days: [1] }));
    await world.look();
    // Down until Wednesday noon and a half: the hours since are one, Monday is too old.
    await world.look(T0 + 2 * DAY + 30 * MINUTE);
    expect(await world.starts(hourly)).toEqual(['ann 06-03 12:30']);
    expect(await world.starts(weekly)).toEqual([]);
    await world.look(T0 + 7 * DAY + HOUR);
    expect(await world.starts(weekly)).toEqual(['ann 06-08 13:00']);
  });

  test('ends with the version that said so', async () => {
    const world = await newWorld();
    const list = await world.list();
    await world.happen(event('ann', 'Hi'), ...into(list, 'ann'));
    const id = await world.workflow(regular(list, { every: 'day', at: '13:00' }));
    await world.look(T0 + HOUR);
    await world.publish(id, 2, byGo({ b1: done }));
    await world.look(T0 + 2 * DAY);
    expect(await world.starts(id)).toEqual(['ann 06-01 13:00']);
  });

  test('makes up nothing for a pause', async () => {
    const world = await newWorld();
    const list = await world.list();
    await world.happen(event('ann', 'Hi'), ...into(list, 'ann'));
    const id = await world.workflow(regular(list, { every: 'day', at: '13:00' }));
    await world.look();
    await world.setState(id, 'paused');
    await world.look(T0 + 2 * HOUR);
    await pool.query(`update workflows set activated_at = $2 where id = $1`, [
      id,
      new Date(T0 + 3 * HOUR),
    ]);
    await world.setState(id, 'active');
    await world.look(T0 + 3 * HOUR);
    expect(await world.starts(id)).toEqual([]);
    await world.look(T0 + DAY + HOUR);
    expect(await world.starts(id)).toEqual(['ann 06-02 13:00']);
  });
});

describe('a start by a date', () => {
  const byDate = (settings: JsonObject): JsonObject =>
    byGo({ b1: done }, { start: { type: 'date', field: 'custom.ends', ...settings } });

  async function dated(options: { zone?: string } = {}) {
    const world = await newWorld(options);
    await pool.query(
      `insert into fields (workspace_id, key, label, type, source, created_at)
       values ($1, 'ends', 'ends', 'date', 'api', $2)`,
      [world.workspaceId, new Date(T0)],
    );
    await world.raise();
    return world;
  }

  test('takes dates that are there already and dates that come', async () => {
    const world = await dated({ zone: 'Europe/Kyiv' });
    await world.happen(fields('ann', { 'custom.ends': '2026-06-05' }));
    const id = await world.workflow(byDate({ offset: { n: -3, unit: 'day' }, at: '09:00' }));
    await world.look();
    await world.happen(fields('bob', { 'custom.ends': '2026-06-06' }));
    await world.moveTo(T0 + 10 * DAY);
    expect(await world.starts(id)).toEqual(['ann 06-02 06:00', 'bob 06-03 06:00']);
  });

  test('moves with the date, and what is past starts nothing', async () => {
    const world = await dated();
    await world.happen(
      fields('ann', { 'custom.ends': '2026-06-05' }),
      fields('bob', { 'custom.ends': '2026-06-05' }),
      fields('cid', { 'custom.ends': '2026-06-01' }),
      fields('dan', { 'custom.ends': '2026-06-05' }),
    );
    const id = await world.workflow(byDate({ at: '09:00' }));
    await world.look();
    const at = T0 + MINUTE;
    await world.happen(
      fields('ann', { 'custom.ends': '2026-06-07' }, { at }),
      fields('bob', { 'custom.ends': '2026-05-07' }, { at }),
      fields('dan', { 'custom.ends': null }, { at }),
    );
    await world.moveTo(T0 + 30 * DAY);
    expect(await world.starts(id)).toEqual(['ann 06-07 09:00']);
  });

  test('comes back each year, on 28 February if there is no 29th', async () => {
    const world = await dated();
    await world.happen(fields('ann', { 'custom.ends': '2000-02-29' }));
    const id = await world.workflow(byDate({ anniversary: true, at: '10:00' }));
    await world.look();
    for (const year of [2027, 2028]) {
      await ensurePartitions(pool, { now: new Date(Date.UTC(year, 2, 1)) });
      await world.moveTo(Date.UTC(year, 2, 1));
    }
    expect(await world.starts(id)).toEqual(['ann 02-28 10:00', 'ann 02-29 10:00']);
  });

  test('starts once though two contacts with it become one', async () => {
    const world = await dated();
    await world.happen(fields('ann', { 'custom.ends': '2026-06-05' }), {
      kind: 'identify',
      ids: [['anonymous_id', 'x']],
      fields: { 'custom.ends': '2026-06-05' },
      at: T0,
      source: 'api',
    });
    const id = await world.workflow(byDate({ at: '09:00' }));
    await world.look();
    await world.happen({
      kind: 'identify',
      ids: [
        ['external_id', 'ann'],
        ['anonymous_id', 'x'],
      ],
      fields: {},
      at: T0,
      source: 'identify',
    });
    await world.moveTo(T0 + 30 * DAY);
    expect(await world.starts(id)).toEqual(['ann 06-05 09:00']);
  });

  test('of a paused workflow starts nothing, and says so', async () => {
    const world = await dated();
    await world.happen(fields('ann', { 'custom.ends': '2026-06-05' }));
    const id = await world.workflow(byDate({ at: '09:00' }));
    await world.look();
    await world.setState(id, 'paused');
    await world.moveTo(T0 + 10 * DAY);
    expect(await world.starts(id)).toEqual([]);
    expect(await world.refusals(id)).toEqual(['ann inactive']);
  });

  test('of a version that is published in a pause is refused as long as that lasts', async () => {
    const world = await dated();
    await world.happen(fields('ann', { 'custom.ends': '2026-06-05' }));
    const id = await world.workflow(byGo({ b1: done }));
    await world.setState(id, 'paused');
    await world.publish(id, 2, byDate({ at: '09:00' }));
    await world.look();
    await world.moveTo(T0 + 10 * DAY);
    expect(await world.starts(id)).toEqual([]);
    expect(await world.refusals(id)).toEqual(['ann inactive']);
  });

  test('is looked for no more once the workflow starts otherwise', async () => {
    const world = await dated();
    const id = await world.workflow(byDate({ at: '09:00' }));
    await world.look();
    const plans = () => pool.query(`select from date_plans where workflow_id = $1`, [id]);
    expect((await plans()).rowCount).toBe(1);
    await world.publish(id, 2, byGo({ b1: done }));
    await world.look();
    expect((await plans()).rowCount).toBe(0);
  });
});

describe('a start by a change of a field', () => {
  const byChange = (settings: JsonObject): JsonObject =>
    byGo({ b1: done }, { start: { type: 'field_change', field: 'first_name', ...settings } });

  test('takes changes from outside, by hand and by workflows only if asked', async () => {
    const world = await newWorld();
    await world.happen(event('ann', 'Hi'), event('bob', 'Hi'), event('cid', 'Hi'));
    const outside = await world.workflow(byChange({}));
    const any = await world.workflow(byChange({ any_source: true }));
    await world.workflow(byGo({ b1: { type: 'update_fields', set: { first_name: 'C' } } }));
    const at = T0 + 1;
    await world.happen(
      fields('ann', { first_name: 'A' }, { at }),
      fields('bob', { first_name: 'B' }, { at, source: 'manual' }),
      event('cid', 'Go', {}, { at }),
    );
    expect(await world.runs(outside)).toEqual(['ann b1 completed']);
    expect((await world.runs(any)).toSorted()).toEqual([
      'ann b1 completed',
      'bob b1 completed',
      'cid b1 completed',
    ]);
    expect((await world.runRows(outside))[0]!.context).toMatchObject({
      kind: 'field_change',
      params: { field: 'first_name', from: null, to: 'A' },
    });
  });

  test.each([
    [{ from: 'a', to: 'b' }, ['ann']],
    [{ from: 'a' }, ['ann', 'cid']],
    [{ to: null }, ['cid']],
    [{ from: null }, ['new']],
    [{ from: null, to: 'N' }, ['new']],
    [{ to: 'a' }, []],
  ])('with %j takes %j', async (settings, expected) => {
    const world = await newWorld();
    await world.happen(
      ...['ann', 'bob', 'cid'].map((who) => fields(who, { first_name: who === 'bob' ? 'X' : 'a' })),
    );
    const id = await world.workflow(byChange(settings));
    const at = T0 + 1;
    await world.happen(
      fields('ann', { first_name: 'b' }, { at }),
      // The value that is there already is no change, nor is another field.
      fields('bob', { first_name: 'X', last_name: 'Y' }, { at }),
      fields('cid', { first_name: null }, { at }),
      // What a contact is created with is a change from nothing.
      fields('new', { first_name: 'N' }, { at }),
    );
    expect((await world.runs(id)).map((line) => line.split(' ')[0])).toEqual(expected);
  });
});

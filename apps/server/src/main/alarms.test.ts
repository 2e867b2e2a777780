import type { AlarmRule } from '@perennial/contracts';
import { alarmRuleSchema } from '@perennial/contracts';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { previewAlarm } from '../alarms/preview-alarm.ts';
import { changeAlarm, createAlarm } from '../alarms/save-alarm.ts';
import { watchAlarms } from '../alarms/watch-alarms.ts';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { countFacts, createEventTypes, NO_SLOT } from '../events/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import {
  byGo,
  DAY,
  event,
  HOUR,
  MINUTE,
  T0,
  workflowPipeline,
  workflowWorld,
} from './test-workflows.ts';

const { pool } = await testDatabase();
const pipeline = await workflowPipeline(pool);
const types = createEventTypes(pool);
const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

/** Nobody else's alarms, and a program that began to look now. */
beforeEach(() => pool.query(`delete from alarms; delete from alarm_watch; delete from alarm_gaps`));

async function newWorld() {
  const world = await workflowWorld(pool, pipeline);
  closing.push(world.close);
  const { workspaceId } = world;
  const by = () => ({
    workspaceId,
    actor: { kind: 'system', id: null, name: 'test' } as const,
    at: new Date(world.now()),
  });
  return {
    ...world,
    by,
    alarm: (rule: AlarmRule, contact: number | null = null) =>
      inTransaction(pool, (tx) =>
        createAlarm(tx, {
          workspaceId,
          by: by(),
          name: 'Orders',
          level: 'alarm',
          rule: alarmRuleSchema.parse(rule),
          contact,
        }),
      ),
    /** So many events of a type at that time, as storing them counts them. */
    async count(name: string, at: number, n: number): Promise<void> {
      const ids = await types.idsOf(workspaceId, [name], new Date(at));
      const facts = [{ typeId: ids.get(name)!, occurredAt: at, n }];
      await inTransaction(pool, (tx) => countFacts(tx, { facts, slot: NO_SLOT }));
    },
    /** The program runs up to then, and looks every minute. */
    async runTo(instant: number): Promise<void> {
      for (let now = world.now(); now <= instant; now += MINUTE) {
        world.setClock(now);
        await watchAlarms({ pool, clock: () => new Date(now) });
        const { rows } = await pool.query('select 1 from inbox limit 1');
        if (rows.length > 0) await world.settle();
      }
    },
    /** What was told, as `AlarmRaised value bound`. */
    async told(): Promise<string[]> {
      await world.settle();
      const { rows } = await pool.query<{ line: string }>(
        `select concat_ws(' ', t.key, e.params ->> 'value', e.params ->> 'bound',
                          nullif(e.contact_id, 0)::text) as line
           from events e join event_types t on t.id = e.event_type_id
          where t.workspace_id = $1 and t.key like 'Alarm%' order by e.id`,
        [workspaceId],
      );
      return rows.map(({ line }) => line);
    },
  };
}

const orders = { kind: 'event', event: 'Ordered' } as const;
const few: AlarmRule = {
  series: orders,
  period: 'hour',
  direction: 'below',
  threshold: { kind: 'number', value: 10 },
};
const many: AlarmRule = { ...few, direction: 'above' };

describe('too few', () => {
  test('is told once, however long it lasts, and so is its end', async () => {
    const world = await newWorld();
    await world.alarm(few);
    for (const [hour, n] of [12, 3, 4, 15, 2].entries()) {
      await world.count('Ordered', T0 + hour * HOUR + 5 * MINUTE, n);
    }
    await world.runTo(T0 + 2 * HOUR + MINUTE);
    expect(await world.told()).toEqual([]);
    await world.runTo(T0 + 2 * HOUR + 3 * MINUTE);
    expect(await world.told()).toEqual(['AlarmRaised 3 10']);
    await world.runTo(T0 + 5 * HOUR + 3 * MINUTE);
    expect(await world.told()).toEqual([
      'AlarmRaised 3 10',
      'AlarmEnded 15 10',
      'AlarmRaised 2 10',
    ]);
  });

  test('is not said while what arrived still waits to be applied', async () => {
    const world = await newWorld();
    await world.alarm(few);
    world.setClock(T0 + 59 * MINUTE);
    const late = Array.from({ length: 12 }, () =>
      event('ann', 'Ordered', {}, { at: T0 + 59 * MINUTE }),
    );
    await world.append(...late);
    world.setClock(T0 + HOUR + 5 * MINUTE);
    await pool.query(`insert into alarm_watch (looked_at) values ($1)`, [new Date(world.now())]);
    await watchAlarms({ pool, clock: () => new Date(world.now()) });
    expect((await pool.query('select 1 from alarm_episodes')).rows).toEqual([]);
    await world.drain();
    await world.runTo(T0 + HOUR + 8 * MINUTE);
    expect(await world.told()).toEqual([]);
  });
});

describe('too many', () => {
  test('is told within a minute, before the hour is over', async () => {
    const world = await newWorld();
    await world.alarm(many);
    await world.runTo(T0 + 10 * MINUTE);
    await world.count('Ordered', T0 + 5 * MINUTE, 11);
    await world.runTo(T0 + 12 * MINUTE);
    expect(await world.told()).toEqual(['AlarmRaised 11 10']);
    await world.runTo(T0 + 2 * HOUR + 3 * MINUTE);
    expect(await world.told()).toEqual(['AlarmRaised 11 10', 'AlarmEnded 0 10']);
  });

  test('than usual is measured by the same hour of the last weeks', async () => {
    const world = await newWorld();
    for (const [week, n] of [100, 104, 96, 102, 98, 100].entries()) {
      await world.count('Ordered', T0 - (week + 1) * 7 * DAY, n);
    }
    await world.alarm({ ...many, threshold: { kind: 'usual', tolerance: 4 } });
    await world.count('Ordered', T0, 141);
    await world.runTo(T0 + 2 * MINUTE);
    expect(await world.told()).toEqual(['AlarmRaised 141 140']);
  });
});

describe('when the program was down', () => {
  test('too little is no news, and what was too much is told afterwards', async () => {
    const world = await newWorld();
    await world.alarm(few);
    await world.alarm(many);
    await world.count('Ordered', T0 + MINUTE, 10);
    await world.runTo(T0 + HOUR + MINUTE);
    // Three hours of silence; devices had kept what happened in one of them.
    await world.count('Ordered', T0 + 2 * HOUR + MINUTE, 99);
    world.setClock(T0 + 4 * HOUR);
    await world.count('Ordered', T0 + 4 * HOUR + MINUTE, 10);
    await world.runTo(T0 + 5 * HOUR + 3 * MINUTE);
    expect(await world.told()).toEqual(['AlarmRaised 99 10', 'AlarmEnded 0 10']);
  });
});

test('an alarm of a contact starts its workflows, with the values', async () => {
  const world = await newWorld();
  await world.happen(event('boss', 'Hired'));
  const boss = await world.contactId('boss');
  const id = await world.workflow(
    byGo({ b1: { type: 'end' } }, { start: { type: 'event', event: 'AlarmRaised' } }),
  );
  await world.alarm(many, boss);
  await world.count('Ordered', T0, 11);
  await world.runTo(T0 + MINUTE);
  expect(await world.told()).toEqual([`AlarmRaised 11 10 ${boss}`]);
  const [run] = await world.runRows(id);
  const { params } = run!.context as { params: JsonObject };
  expect(params).toMatchObject({ name: 'Orders', level: 'alarm', value: 11, direction: 'above' });
});

test('another rule is judged from then on, and the old episode is over', async () => {
  const world = await newWorld();
  const { id } = await world.alarm(many);
  await world.count('Ordered', T0, 11);
  await world.runTo(T0 + MINUTE);
  const rule = alarmRuleSchema.parse({ ...many, threshold: { kind: 'number', value: 100 } });
  const { workspaceId } = world;
  await inTransaction(pool, (tx) => changeAlarm(tx, { workspaceId, id, by: world.by(), rule }));
  const { rows } = await pool.query(`select 1 from alarm_episodes where ended_at is null`);
  expect(rows).toEqual([]);
  await world.runTo(T0 + 3 * MINUTE);
  expect(await world.told()).toEqual(['AlarmRaised 11 10']);
});

test('the preview tells what the program did', async () => {
  const world = await newWorld();
  await world.alarm(few);
  for (const [hour, n] of [12, 3, 4, 15, 2, 20].entries()) {
    await world.count('Ordered', T0 + hour * HOUR, n);
  }
  await world.runTo(T0 + 6 * HOUR + 3 * MINUTE);
  const preview = await previewAlarm(pool, {
    workspaceId: world.workspaceId,
    rule: alarmRuleSchema.parse(few),
    zone: 'UTC',
    now: new Date(world.now()),
  });
  const shown = preview.episodes.filter(({ from }) => from.getTime() >= T0);
  expect(shown.map(({ value, from }) => [value, (from.getTime() - T0) / HOUR])).toEqual([
    [3, 1],
    [2, 4],
  ]);
  expect((await world.told()).filter((line) => line.startsWith('AlarmRaised'))).toEqual([
    'AlarmRaised 3 10',
    'AlarmRaised 2 10',
  ]);
  // Before the alarm was there every quiet hour belongs to the episode that its first one begins.
  expect(preview.episodes[0]).toMatchObject({ value: 0 });
  expect(preview.points.at(-1)).toMatchObject({ fires: false });
});

test.each([
  [{ kind: 'starts' }, 'Go'],
  [{ kind: 'failures' }, 'Fail'],
] as const)('runs are counted: %j', async (series, name) => {
  const world = await newWorld();
  const broken = { type: 'unsubscribe', channel: 'sms' };
  const start = { start: { type: 'event', event: name } };
  const id = await world.workflow(
    byGo({ b1: series.kind === 'starts' ? { type: 'end' } : broken }, start),
  );
  const threshold = { kind: 'number', value: 1 } as const;
  await world.alarm({ ...many, series: { ...series, workflow: String(id) }, threshold });
  for (const who of ['ann', 'bob']) await world.happen(event(who, name));
  await world.settle();
  await world.runTo(T0 + 2 * MINUTE);
  expect(await world.told()).toEqual(['AlarmRaised 2 1']);
});

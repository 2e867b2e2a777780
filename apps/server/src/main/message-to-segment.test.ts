import { afterAll, describe, expect, test } from 'vitest';
import { launchForRun } from '../campaigns/launch-for-run.ts';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { appendWithin, LANES, type JsonObject } from '../inbox/index.ts';
import { advanceMarks } from '../pipeline/index.ts';
import { testRenderPool } from '../sends/senders/test-senders.ts';
import { TEST_SLOTS } from '../sends/test-world.ts';
import { campaignWorld } from './test-campaigns.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());

async function newWorld() {
  const world = await campaignWorld(pool, { renderPool });
  const { workspaceId, clock } = world;
  const message = await world.message({
    workspaceId,
    content: {
      en: {
        subject: '{{ event.title }}: {{ data.more }}',
        html: '<p>{{ event.title }} <a href="{{ unsubscribe_url }}">no</a></p>',
        text: 'x',
      },
    },
  });

  async function drain(): Promise<void> {
    clock.advance(1_000);
    await world.pipeline.drain();
    await advanceMarks(pool, { clock: clock.now });
    await world.pipeline.drain();
  }

  return {
    ...world,
    chapter: message,
    drain,
    /** A workflow that tells a segment of what happened to one. */
    async telling(segment: number, settings: JsonObject = {}): Promise<number> {
      const definition = {
        language: 1,
        start: { type: 'event', event: 'ChapterRead' },
        limits: { one_at_a_time: false },
        first: 'tell',
        blocks: {
          tell: {
            type: 'message_to_segment',
            message: String(message),
            segment: String(segment),
            data: { more: { $event: 'chapter' } },
            ...settings,
            exits: { next: 'told', failed: 'sorry' },
          },
          told: { type: 'timer', wait: { n: 30, unit: 'day' } },
          sorry: { type: 'timer', wait: { n: 30, unit: 'day' } },
        },
      };
      const { rows } = await pool.query<{ id: number }>(
        `insert into workflows (workspace_id, key, name, state, draft, published_version, created_at, updated_at)
         values ($1, $2, 'Chapters', 'active', $3, 1, $4, $4) returning id`,
        [workspaceId, `w${message}-${segment}`, JSON.stringify(definition), clock.now()],
      );
      const { id } = rows[0]!;
      await pool.query(
        `insert into workflow_versions (workflow_id, version, definition, published_at) values ($1, 1, $2, $3)`,
        [id, JSON.stringify(definition), clock.now()],
      );
      await pool.query(`update workspaces set config_version = config_version + 1 where id = $1`, [
        workspaceId,
      ]);
      return id;
    },
    /** The event of one contact, applied. */
    async happen(contactId: number, params: JsonObject): Promise<void> {
      const at = clock.now().getTime();
      await inTransaction(pool, (tx) =>
        appendWithin(tx, {
          workspaceId,
          lane: LANES.stream,
          items: [
            {
              kind: 'event',
              ids: [['contact', String(contactId)]],
              event: 'ChapterRead',
              params,
              at,
              source: 'api',
              ownTime: false,
              createContact: false,
            },
          ],
          clock: clock.now,
        }),
      );
      await drain();
    },
    launch: (now: () => Date = clock.now) => launchForRun({ pool, slots: TEST_SLOTS, clock: now }),
    async campaigns() {
      const { rows } = await pool.query<{
        id: number;
        name: string;
        state: string;
        origin_workflow: number;
        origin_block: string;
        context: JsonObject | null;
      }>(
        `select id, name, state, origin_workflow, origin_block, context from campaigns
          where workspace_id = $1 order by id`,
        [workspaceId],
      );
      return rows;
    },
    async runs(workflow: number) {
      const { rows } = await pool.query<{ block: string; state: string; results: JsonObject }>(
        `select block, state, results from runs where workflow_id = $1 order by id`,
        [workflow],
      );
      return rows;
    },
    async subjects(): Promise<string[]> {
      const { rows } = await pool.query<{ subject: string }>(
        `select content ->> 'subject' as subject from sandbox_messages b
           join deliveries d on d.contact_id = b.contact_id and d.id = b.delivery_id
          where d.workspace_id = $1`,
        [workspaceId],
      );
      return rows.map((row) => row.subject);
    },
  };
}

describe('a message to a segment', () => {
  test('goes once to each member, by the gates, with the event of the run', async () => {
    const world = await newWorld();
    const [ann, bob, eve, zoe] = await world.people(4);
    const segment = await world.list([bob!, eve!, zoe!]);
    await pool.query(
      `insert into suppressions (workspace_id, channel, address, reason, since, source)
       select workspace_id, 'email', email, 'unsubscribed', $2, 'manual' from contacts where id = $1`,
      [zoe, world.clock.now()],
    );
    const workflow = await world.telling(segment);
    await world.happen(ann!, { title: 'Dragons', chapter: 7 });
    expect(await world.runs(workflow)).toMatchObject([{ block: 'tell', state: 'waiting' }]);
    expect(await world.campaigns()).toEqual([]);
    while (await world.launch());
    await world.send();
    const [campaign] = await world.campaigns();
    expect(campaign).toMatchObject({
      state: 'finished',
      name: expect.stringContaining('· Chapters'),
      origin_workflow: workflow,
      origin_block: 'tell',
      // Nobody needs what may tell of a person any more.
      context: null,
    });
    await world.drain();
    expect(await world.runs(workflow)).toMatchObject([
      { block: 'told', results: { tell: { campaign: String(campaign!.id) } } },
    ]);
    expect(await world.received(campaign!.id)).toEqual([bob, eve]);
    expect(await world.subjects()).toEqual(['Dragons: 7', 'Dragons: 7']);
    expect(await world.balance(campaign!.id)).toMatchObject({ eligible: 3, sent: 2, refused: 1 });
    const { rows } = await pool.query(
      `select decided_by from run_steps where workspace_id = $1 and block = 'tell'`,
      [world.workspaceId],
    );
    expect(rows).toEqual([{ decided_by: { campaign: String(campaign!.id) } }]);
  });

  test('is launched once, though the program is killed between', async () => {
    const world = await newWorld();
    const [ann, bob] = await world.people(2);
    const workflow = await world.telling(await world.list([bob!]));
    await world.happen(ann!, { title: 'A', chapter: 1 });
    const killed = () => {
      throw new Error('the power failed');
    };
    await expect(world.launch(killed)).rejects.toThrow('the power failed');
    expect(await world.campaigns()).toEqual([]);
    await Promise.all([world.launch(), world.launch(), world.launch()]);
    while (await world.launch());
    await world.send();
    await world.send();
    await world.drain();
    const campaigns = await world.campaigns();
    expect(campaigns).toHaveLength(1);
    expect(await world.received(campaigns[0]!.id)).toEqual([bob]);
    expect(await world.runs(workflow)).toMatchObject([{ block: 'told' }]);
  });

  test('is braked by block and hour, however many runs ask at once', async () => {
    const world = await newWorld();
    const [ann, bob, eve] = await world.people(3);
    const workflow = await world.telling(await world.list([eve!]), { most_per_hour: 1 });
    await world.happen(ann!, { title: 'A', chapter: 1 });
    await world.happen(bob!, { title: 'B', chapter: 2 });
    await Promise.all([world.launch(), world.launch()]);
    while (await world.launch());
    await world.drain();
    expect(await world.runs(workflow)).toMatchObject([
      { block: 'told' },
      {
        block: 'sorry',
        results: {
          tell: { failed: 'the block has launched once within an hour, which is the most it may' },
        },
      },
    ]);
    world.clock.advance(3_600_000);
    await world.happen(bob!, { title: 'C', chapter: 3 });
    while (await world.launch());
    await world.drain();
    expect((await world.runs(workflow)).map(({ block }) => block)).toEqual([
      'told',
      'sorry',
      'told',
    ]);
    expect(await world.campaigns()).toHaveLength(2);
  });

  test('fails where the message or the segment is gone', async () => {
    const world = await newWorld();
    const [ann, bob] = await world.people(2);
    const segment = await world.list([bob!]);
    const workflow = await world.telling(segment);
    await pool.query(`update messages set archived_at = $2 where id = $1`, [
      world.chapter,
      world.clock.now(),
    ]);
    await world.happen(ann!, { title: 'A', chapter: 1 });
    while (await world.launch());
    await world.drain();
    await pool.query(`update messages set archived_at = null where id = $1`, [world.chapter]);
    await pool.query(`update segments set archived_at = $2 where id = $1`, [
      segment,
      world.clock.now(),
    ]);
    await world.happen(ann!, { title: 'A', chapter: 1 });
    while (await world.launch());
    await world.drain();
    const runs = await world.runs(workflow);
    expect(runs.map(({ block }) => block)).toEqual(['sorry', 'sorry']);
    const reasons = runs.map(({ results }) => (results['tell'] as { failed: string }).failed);
    expect(reasons[0]).toMatch(/message/i);
    expect(reasons[1]).toMatch(/segment/i);
    expect(await world.campaigns()).toEqual([]);
  });

  test('is only told of by a test run', async () => {
    const world = await newWorld();
    const [ann, bob] = await world.people(2);
    const workflow = await world.telling(await world.list([bob!]));
    await world.happen(ann!, { title: 'A', chapter: 1 });
    await pool.query(`delete from segment_launches where workspace_id = $1`, [world.workspaceId]);
    await pool.query(
      `update runs set test = true, state = 'running', results = '{}', wake_at = $2 where workflow_id = $1`,
      [workflow, world.clock.now()],
    );
    await world.drain();
    expect(await world.runs(workflow)).toMatchObject([
      { block: 'told', results: { tell: { tested: true } } },
    ]);
    expect(await world.launch()).toBe(false);
    expect(await world.campaigns()).toEqual([]);
  });
});

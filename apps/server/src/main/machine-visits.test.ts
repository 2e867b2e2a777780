import type { Definition } from '@perennial/conditions';
import { afterAll, describe, expect, test } from 'vitest';
import { reportCampaign } from '../campaigns/report/report-campaign.ts';
import { startCampaign } from '../campaigns/set-campaign-state.ts';
import { testDatabase } from '../db/test-database.ts';
import { inTransaction } from '../db/index.ts';
import { testRenderPool } from '../sends/senders/test-senders.ts';
import { campaignWorld } from './test-campaigns.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());

type World = Awaited<ReturnType<typeof campaignWorld>>;

const MINUTE = 60_000;
const URLS = ['https://shop.example/a', 'https://shop.example/b', 'https://shop.example/c'];

/** A campaign that two people got, and who of them is in the segments of those that opened and clicked it. */
async function sentCampaign() {
  const world = await campaignWorld(pool, { renderPool });
  const [scanned, person] = (await world.people(2)) as [number, number];
  const id = await world.campaign({ include: [await world.list([scanned, person])] });
  const segments = {
    opened: await liveSegment(world, id, 'opened'),
    clicked: await liveSegment(world, id, 'clicked'),
  };
  await start(world, id);
  return {
    world,
    id,
    scanned,
    person,
    click: (contactId: number, url: string) =>
      world.visit(id, contactId, { status: 'clicked', url, links: URLS.length }),
    async state(contactId: number) {
      const { rows } = await pool.query<{ status: string; delivery: string }>(
        `select s.status, d.status as delivery from sends s
           join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
          where s.campaign_id = $1 and s.contact_id = $2`,
        [id, contactId],
      );
      return { ...rows[0], segments: await segmentsOf(contactId, segments) };
    },
  };
}

async function start(world: World, id: number): Promise<void> {
  await inTransaction(pool, (tx) =>
    startCampaign(tx, { workspace: world.workspace, id, by: world.by() }),
  );
  await world.send();
}

async function liveSegment(
  world: World,
  campaign: number,
  action: 'opened' | 'clicked',
): Promise<number> {
  const where = { param: 'campaign', op: 'equals', value: String(campaign) };
  const include = { type: 'message', action, where, period: { kind: 'ever' } };
  const definition = { language: 1, include } as unknown as Definition;
  const key = `${action}-${campaign}`;
  const { rows } = await pool.query<{ id: number }>(
    `insert into segments (workspace_id, key, name, name_key, kind, source, created_at, updated_at, version)
     values ($1, $2, $2, $2, 'dynamic', 'manual', $3, $3, 1) returning id`,
    [world.workspaceId, key, world.clock.now()],
  );
  await pool.query(
    `insert into segment_versions (segment_id, version, workspace_id, definition, state, cause, created_at, computed_at)
     values ($1, 1, $2, $3, 'ready', 'first_computation', $4, $4)`,
    [rows[0]!.id, world.workspaceId, JSON.stringify(definition), world.clock.now()],
  );
  await pool.query(`update workspaces set config_version = config_version + 1 where id = $1`, [
    world.workspaceId,
  ]);
  return rows[0]!.id;
}

/** A workflow that an event starts and that does nothing. */
async function startedBy(world: World, event: string): Promise<number> {
  const definition = JSON.stringify({
    language: 1,
    start: { type: 'event', event },
    stop: [],
    limits: {},
    first: 'end',
    blocks: { end: { type: 'end' } },
  });
  const { rows } = await pool.query<{ id: number }>(
    `insert into workflows (workspace_id, key, name, state, draft, published_version, created_at, updated_at)
     values ($1, 'hears', 'Hears', 'active', $2, 1, $3, $3) returning id`,
    [world.workspaceId, definition, world.clock.now()],
  );
  await pool.query(
    `insert into workflow_versions (workflow_id, version, definition, published_at) values ($1, 1, $2, $3)`,
    [rows[0]!.id, definition, world.clock.now()],
  );
  await pool.query(`update workspaces set config_version = config_version + 1 where id = $1`, [
    world.workspaceId,
  ]);
  return rows[0]!.id;
}

async function segmentsOf(
  contactId: number,
  { opened, clicked }: { opened: number; clicked: number },
): Promise<string[]> {
  const { rows } = await pool.query<{ segment_id: number }>(
    `select segment_id from memberships
      where contact_id = $1 and member and segment_id = any($2) order by segment_id`,
    [contactId, [opened, clicked]],
  );
  return rows.map(({ segment_id: id }) => (id === opened ? 'opened' : 'clicked'));
}

async function marksOf(campaign: number): Promise<(string | null)[]> {
  const { rows } = await pool.query<{ machine: string | null }>(
    `select params ->> 'machine' as machine from events
      where params ->> 'campaign' = $1 and params ? 'delivery' and event_type_id in
            (select id from event_types where key in ('MessageOpened', 'MessageClicked'))
      order by occurred_at, id`,
    [String(campaign)],
  );
  return rows.map(({ machine }) => machine);
}

describe('a scanner that follows every link', () => {
  test('is found out by the last of them, and everything is corrected', async () => {
    const { world, id, scanned, click, state } = await sentCampaign();
    world.clock.advance(MINUTE);
    await click(scanned, URLS[0]!);
    world.clock.advance(500);
    await world.visit(id, scanned, { status: 'opened', links: URLS.length });
    await click(scanned, URLS[1]!);
    expect(await state(scanned)).toMatchObject({
      status: 'clicked',
      segments: ['opened', 'clicked'],
    });
    world.clock.advance(500);
    await click(scanned, URLS[2]!);
    expect(await marksOf(id)).toEqual(Array.from({ length: 4 }, () => 'every link'));
    expect(await state(scanned)).toEqual({
      status: 'delivered',
      delivery: 'delivered',
      segments: [],
    });
    expect(await reportCampaign(pool, { campaign: await world.read(id) })).toMatchObject({
      totals: { delivered: 2, opened: 0, clicked: 0 },
      machines: { opened: 1, clicked: 1 },
      links: [],
    });
  });

  test('leaves what its reader does later to the reader', async () => {
    const { world, id, scanned, click, state } = await sentCampaign();
    world.clock.advance(MINUTE);
    for (const url of URLS) await click(scanned, url);
    world.clock.advance(MINUTE);
    await click(scanned, URLS[1]!);
    expect(await state(scanned)).toMatchObject({ status: 'clicked', segments: ['clicked'] });
    const report = await reportCampaign(pool, { campaign: await world.read(id) });
    expect(report).toMatchObject({
      totals: { opened: 1, clicked: 1 },
      links: [{ url: URLS[1], clicks: 1, contacts: 1 }],
    });
  });

  test('leaves what its reader had done before', async () => {
    const { world, scanned, click, state } = await sentCampaign();
    world.clock.advance(MINUTE);
    await click(scanned, URLS[0]!);
    world.clock.advance(MINUTE);
    for (const url of URLS) await click(scanned, url);
    expect(await state(scanned)).toMatchObject({ status: 'clicked', delivery: 'clicked' });
  });

  test('does not make a machine of somebody else', async () => {
    const { world, scanned, person, click, state } = await sentCampaign();
    world.clock.advance(MINUTE);
    await click(person, URLS[0]!);
    for (const url of URLS) await click(scanned, url);
    expect(await state(person)).toMatchObject({ status: 'clicked', segments: ['clicked'] });
  });

  test('is nobody to whom the extra campaign would not go', async () => {
    const { world, id, scanned, person, click } = await sentCampaign();
    world.clock.advance(MINUTE);
    for (const url of URLS) await click(scanned, url);
    await click(person, URLS[0]!);
    const extra = await world.campaign({
      include: [],
      follows: { campaign: String(id), who: 'not_clicked' },
    });
    await start(world, extra);
    expect(await world.received(extra)).toEqual([scanned]);
  });
});

test('a click sooner than a person can is a machine, the next one is not', async () => {
  const { world, id, person, click, state } = await sentCampaign();
  world.clock.advance(2_000);
  await click(person, URLS[0]!);
  expect(await state(person)).toEqual({
    status: 'delivered',
    delivery: 'delivered',
    segments: [],
  });
  world.clock.advance(2_000);
  await click(person, URLS[0]!);
  expect(await marksOf(id)).toEqual(['too fast', null]);
  expect(await state(person)).toMatchObject({ status: 'clicked', segments: ['clicked'] });
});

test('a workflow hears of what people did, and not of machines', async () => {
  const { world, scanned, person, id, click } = await sentCampaign();
  const workflow = await startedBy(world, 'MessageClicked');
  world.clock.advance(MINUTE);
  await world.visit(id, scanned, { status: 'clicked', url: URLS[0]!, machine: 'head' });
  await click(person, URLS[0]!);
  const { rows } = await pool.query(`select contact_id from runs where workflow_id = $1`, [
    workflow,
  ]);
  expect(rows).toEqual([{ contact_id: person }]);
});

test('the report says how long after the hand-over people acted', async () => {
  const { world, id, scanned, person, click } = await sentCampaign();
  world.clock.advance(2 * MINUTE);
  await world.visit(id, person, { status: 'opened' });
  world.clock.advance(20 * MINUTE);
  await click(person, URLS[0]!);
  await world.visit(id, scanned, { status: 'opened', machine: 'prefetch' });
  const campaign = await world.read(id);
  const { delays } = await reportCampaign(pool, { campaign });
  expect(delays.filter(({ opened, clicked }) => opened + clicked > 0)).toEqual([
    { until_ms: 5 * MINUTE, opened: 1, clicked: 0 },
    { until_ms: 60 * MINUTE, opened: 0, clicked: 1 },
  ]);
});

test('who wants to count machines, too, gets rates with them', async () => {
  const { world, id, scanned, person, click } = await sentCampaign();
  world.clock.advance(MINUTE);
  for (const url of URLS) await click(scanned, url);
  await click(person, URLS[0]!);
  const campaign = await world.read(id);
  expect(await reportCampaign(pool, { campaign, machines: true })).toMatchObject({
    totals: { opened: 2, clicked: 2 },
    languages: [{ opened: 2, clicked: 2 }],
    links: [{ url: URLS[0], clicks: 2, contacts: 2 }, { clicks: 1 }, { clicks: 1 }],
  });
});

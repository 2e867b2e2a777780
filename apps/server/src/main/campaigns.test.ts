import { afterAll, describe, expect, test } from 'vitest';
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  startCampaign,
} from '../campaigns/set-campaign-state.ts';
import { previewCampaign } from '../campaigns/preview-campaign.ts';
import { countReports } from '../campaigns/report/count-reports.ts';
import { findKeptReport } from '../campaigns/report/kept-report-queries.ts';
import { reportCampaign } from '../campaigns/report/report-campaign.ts';
import { SLICE } from '../campaigns/read-audience.ts';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { appendWithin, LANES, type InboxItem } from '../inbox/index.ts';
import { testRenderPool, testSenders } from '../sends/senders/test-senders.ts';
import { TEST_SLOTS } from '../sends/test-world.ts';
import { aroundContacts } from './around-contacts.ts';
import { findSegmentUses } from './find-segment-uses.ts';
import { campaignWorld } from './test-campaigns.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());

type World = Awaited<ReturnType<typeof campaignWorld>>;

const turns = {
  start: startCampaign,
  pause: pauseCampaign,
  resume: resumeCampaign,
  cancel: cancelCampaign,
};

function turn({ workspace, by }: World, verb: keyof typeof turns, id: number) {
  return inTransaction(pool, (tx) => turns[verb](tx, { workspace, id, by: by() }));
}

/** What must be true of every balance. */
async function balanceOf(world: World, id: number) {
  const balance = await world.balance(id);
  const { eligible, sent, refused, held, waiting, gone, cancelled } = balance;
  expect(sent + refused + held + waiting + gone + cancelled).toBe(eligible);
  return balance;
}

describe('a campaign', () => {
  test('goes once to each member of what it includes, without those of what it excludes', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const [a, b, c, d] = await world.people(4);
    const include = [await world.list([a!, b!, c!]), await world.list([c!, d!])];
    const exclude = [await world.list([b!])];
    const id = await world.campaign({ include, exclude });
    await turn(world, 'start', id);
    await world.send();
    expect(await world.received(id)).toEqual([a, c, d]);
    expect(await world.read(id)).toMatchObject({ state: 'finished', message_version: 1 });
    expect(await balanceOf(world, id)).toMatchObject({ eligible: 3, sent: 3, complete: true });
  });

  test('balances: eligible is sent and every reason, by the gates themselves', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const { workspaceId } = world;
    const fine = await world.people(2);
    const unconfirmed = await world.contact({
      workspaceId,
      email: 'u@x.example',
      state: 'unconfirmed',
    });
    const nowhere = await world.contact({ workspaceId, externalId: 'nowhere' });
    const bounced = await world.contact({ workspaceId, email: 'b@x.example' });
    await world.suppress({ workspaceId, address: 'b@x.example', reason: 'bounced' });
    const include = [await world.list([...fine, unconfirmed, nowhere, bounced])];
    const id = await world.campaign({ include });
    await turn(world, 'start', id);
    await world.send();
    const { eligible, sent, reasons } = await balanceOf(world, id);
    expect({ eligible, sent }).toEqual({ eligible: 5, sent: 2 });
    expect(Object.fromEntries(reasons.map(({ reason, n }) => [reason, n]))).toEqual({
      unconfirmed: 1,
      'no address': 1,
      bounced: 1,
    });
  });

  test('sends what its message was at the start, whatever becomes of the message', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const include = [await world.list(await world.people(1))];
    const id = await world.campaign({ include });
    await turn(world, 'start', id);
    await pool.query(
      `insert into message_versions (message_id, version, content, compiled, created_at)
       select message_id, 2, '{"en": {"subject": "Later", "html": "x"}}', compiled, created_at
         from message_versions where message_id = $1`,
      [world.messageId],
    );
    await pool.query(`update messages set version = 2 where id = $1`, [world.messageId]);
    await world.send();
    const { rows } = await pool.query(
      `select b.content ->> 'subject' as subject from sandbox_messages b
         join sends s on s.contact_id = b.contact_id where s.campaign_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ subject: 'Sale' }]);
  });

  test('keeps a share of the audience out, the same one whenever it is asked', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const people = await world.people(60);
    const id = await world.campaign({ include: [await world.list(people)], hold_out: 30 });
    await turn(world, 'start', id);
    await world.send();
    const { sent, reasons } = await balanceOf(world, id);
    const held = reasons.find(({ reason }) => reason === 'hold-out')?.n ?? 0;
    expect(held).toBeGreaterThan(5);
    expect(held).toBeLessThan(35);
    expect(sent).toBe(60 - held);
  });

  test('tells what stands in its way, at its place', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const id = await world.campaign({ include: [], message: null });
    await expect(turn(world, 'start', id)).rejects.toMatchObject({
      code: 'unprocessable',
      errors: [{ path: '/message' }, { path: '/include' }],
    });
    const bare = await world.message({ workspaceId: world.workspaceId });
    const other = await campaignWorld(pool, { renderPool });
    const foreign = await other.list([]);
    const wrong = await world.campaign({ include: [foreign], message: bare });
    await expect(turn(world, 'start', wrong)).rejects.toMatchObject({
      errors: [
        { path: '/message', message: expect.stringContaining('unsubscribe_url') },
        { path: '/include/0', message: expect.stringContaining('not there') },
      ],
    });
  });

  test('keeps a segment that it asks for from being deleted, until its audience is read', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const list = await world.list(await world.people(1));
    const id = await world.campaign({ include: [list] });
    const which = { workspaceId: world.workspaceId, segmentIds: [list] };
    expect((await findSegmentUses(pool, which)).get(list)).toMatchObject([
      { kind: 'campaign', id },
    ]);
    await turn(world, 'start', id);
    await world.send();
    expect((await findSegmentUses(pool, which)).get(list)).toEqual([]);
  });

  test('of two contacts that became one meanwhile sends once', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const [a, b] = await world.people(2);
    const id = await world.campaign({ include: [await world.list([a!, b!])] });
    await turn(world, 'start', id);
    await world.driver.read(() => {});
    await world.driver.move();
    // Arrived before the items of the campaign are applied, and in front of them.
    const join: InboxItem = {
      kind: 'join',
      ids: [['contact', String(a)]],
      other: b!,
      at: world.clock.now().getTime(),
      source: 'manual',
      by: 'test',
    };
    const { rows: queued } = await pool.query(
      `delete from slot_queue returning slot, lane, n, received_at, payload`,
    );
    await inTransaction(pool, (tx) =>
      appendWithin(tx, {
        workspaceId: world.workspaceId,
        lane: LANES.interactive,
        items: [join],
        clock: world.clock.now,
      }),
    );
    await world.pipeline.drain();
    for (const row of queued) {
      await pool.query(
        `insert into slot_queue (slot, lane, n, received_at, payload) values ($1, $2, $3, $4, $5)`,
        [row.slot, row.lane, row.n, row.received_at, row.payload],
      );
    }
    await world.send();
    expect(await world.received(id)).toEqual([a]);
    expect(await balanceOf(world, id)).toMatchObject({
      eligible: 2,
      sent: 1,
      reasons: [{ gate: 'campaign', reason: 'merged', n: 1 }],
    });
  });

  test('counts whom nothing is kept of any more as gone, and finishes', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const [a, b] = await world.people(2);
    const id = await world.campaign({ include: [await world.list([a!, b!])] });
    await turn(world, 'start', id);
    await world.driver.read(() => {});
    await world.driver.move();
    await pool.query(`delete from contacts where id = $1`, [b]);
    await world.send();
    expect(await world.received(id)).toEqual([a]);
    expect(await balanceOf(world, id)).toMatchObject({ eligible: 2, sent: 1, gone: 1 });
    expect(await world.read(id)).toMatchObject({ state: 'finished' });
  });
});

describe('what a campaign says of how it leaves', () => {
  test('wins over its message, and who is refused while others wait is refused for that', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const people = await world.people(2);
    const nowhere = await world.contact({
      workspaceId: world.workspaceId,
      externalId: 'nowhere',
    });
    const hour = (n: number) =>
      `${String((world.clock.now().getUTCHours() + n) % 24).padStart(2, '0')}:00`;
    const id = await world.campaign({
      include: [await world.list([...people, nowhere])],
      terms: { priority: 'high', send_hours: { from: hour(3), to: hour(6), zone: 'UTC' } },
    });
    expect(
      await previewCampaign(pool, {
        workspace: world.workspace,
        campaign: await world.read(id),
        questions: aroundContacts.questions,
        now: world.clock.now(),
        signal: AbortSignal.timeout(60_000),
      }),
    ).toMatchObject({ reachable: 2, left_out: [{ reason: 'no address', n: 1 }] });
    await turn(world, 'start', id);
    await world.send();
    expect(await balanceOf(world, id)).toMatchObject({
      held: 2,
      refused: 1,
      reasons: [{ gate: 'address', reason: 'no address', n: 1 }],
    });
    const { rows } = await pool.query(
      `select distinct priority, reason from sends where campaign_id = $1 and decision = 'held'`,
      [id],
    );
    expect(rows).toEqual([{ priority: 3, reason: 'send_hours' }]);
  });
});

describe('the driver', () => {
  test('looks often while contacts stand in the queues, and ever less while nothing is to be done', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const id = await world.campaign({ include: [await world.list(await world.people(2))] });
    await turn(world, 'start', id);
    await world.driver.read(() => {});
    while (await world.driver.move());
    await world.driver.move();
    expect(await world.driver.untilNext()).toBe(50);
    await world.pipeline.drain();
    const rests: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      expect(await world.driver.move()).toBe(false);
      rests.push(await world.driver.untilNext());
    }
    expect(rests).toEqual([100, 200, 400, 800, 1_000, 1_000, 1_000]);
  });
});

describe('an extra campaign', () => {
  test('goes to those who did not open the one before, machines not counted', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const people = await world.people(3);
    const first = await world.campaign({ include: [await world.list(people)] });
    await turn(world, 'start', first);
    await world.send();
    await world.open(first, people[0]!);
    await world.open(first, people[1]!, { machine: 'scanner' });
    const extra = await world.campaign({
      include: [],
      follows: { campaign: String(first), who: 'not_opened' },
    });
    await turn(world, 'start', extra);
    await world.send();
    expect(await world.received(extra)).toEqual(people.slice(1));
    const report = await reportCampaign(pool, { campaign: await world.read(first) });
    expect(report).toMatchObject({
      totals: { sent: 3, delivered: 3, opened: 1, clicked: 0 },
      machines: { opened: 1, clicked: 0 },
      languages: [{ name: 'en', sent: 3 }],
      balance: { eligible: 3, sent: 3 },
    });
    expect(report.over_time.reduce((sum, piece) => sum + piece.sent, 0)).toBe(3);
  });
});

test('the report of a great campaign is counted before anybody asks, and again when there is news', async () => {
  const world = await campaignWorld(pool, { renderPool });
  const people = await world.people(3);
  const id = await world.campaign({ include: [await world.list(people)] });
  await turn(world, 'start', id);
  await world.send();
  const work = async (least = 3): Promise<void> => {
    const parts = { pool, clock: world.clock.now, least };
    while ((await countReports(parts)).tookMs !== undefined);
  };
  const kept = async () => {
    const row = await findKeptReport(pool, { campaignId: id, machines: false });
    return row && { at: row.counted_at!.getTime(), opened: openedOf(row.report!) };
  };
  world.clock.advance(1_000);
  await work(4);
  expect(await kept()).toBeUndefined();
  await work();
  const begun = world.clock.now().getTime();
  expect(await kept()).toEqual({ at: begun, opened: 0 });
  await world.open(id, people[0]!);
  await work();
  expect(await kept()).toEqual({ at: begun, opened: 0 });
  world.clock.advance(5 * 60_000);
  await work();
  expect(await kept()).toEqual({ at: world.clock.now().getTime(), opened: 1 });
  // What happened shortly before may have arrived after it was counted.
  world.clock.advance(16 * 60_000);
  await work();
  const last = await kept();
  world.clock.advance(16 * 60_000);
  await work();
  expect(await kept()).toEqual(last);
});

function openedOf({ totals }: object & { totals?: unknown }): number {
  return (totals as { opened: number }).opened;
}

describe('an audience', () => {
  test('flows before all of it is read, and is read to the end after a kill in the middle', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const n = SLICE + 900;
    const { rows } = await pool.query<{ id: number }>(
      `insert into contacts (id, workspace_id, source, created_at, updated_at)
       select nextval('contact_ids'), $1, 'api', $2, $2 from generate_series(1, $3) returning id`,
      [world.workspaceId, world.clock.now(), n],
    );
    const id = await world.campaign({ include: [await world.list(rows.map((row) => row.id))] });
    await turn(world, 'start', id);
    const killed = world.driver.read(() => {
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    // What was noted goes on its way before the others are read.
    await world.driver.move();
    await world.pipeline.drain();
    const halfway = await balanceOf(world, id);
    expect(halfway.complete).toBe(false);
    expect(halfway.refused).toBeGreaterThan(0);
    expect(halfway.eligible).toBeLessThan(n);
    await world.send();
    expect(await balanceOf(world, id)).toMatchObject({
      eligible: n,
      complete: true,
      reasons: [{ reason: 'no address', n }],
    });
    const { rows: doubles } = await pool.query(
      `select contact_id from sends where campaign_id = $1 group by contact_id having count(*) > 1`,
      [id],
    );
    expect(doubles).toEqual([]);
  });
});

describe('a pause', () => {
  test('keeps everything from leaving, and after it goes on exactly where it stood', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const people = await world.people(6);
    const id = await world.campaign({ include: [await world.list(people)] });
    await turn(world, 'start', id);
    await world.decide();
    await turn(world, 'pause', id);
    await world.send();
    expect(await world.received(id)).toEqual([]);
    expect(await balanceOf(world, id)).toMatchObject({ eligible: 6, sent: 6, queued: 6 });
    expect(await world.read(id)).toMatchObject({ state: 'paused' });
    world.clock.advance(86_400_000);
    await turn(world, 'resume', id);
    await world.send();
    expect(await world.received(id)).toEqual(people);
    expect(await world.read(id)).toMatchObject({ state: 'finished' });
  });

  test('takes back what a sender holds in its hands and has not let go', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const people = await world.people(3);
    const id = await world.campaign({ include: [await world.list(people)] });
    await turn(world, 'start', id);
    await world.decide();
    const senders = await testSenders({ pool, renderPool, clock: world.clock });
    // Recalled before it looks: what is rendered for a provider is asked about anew.
    senders.recall(id);
    await turn(world, 'pause', id);
    await senders.drain();
    expect(await world.received(id)).toEqual([]);
  });
});

describe('a cancellation', () => {
  test('ends what had not left as cancelled, and accounts for everybody', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const people = await world.people(5);
    const id = await world.campaign({
      include: [await world.list(people)],
      pace: { n: 2, per: 'hour' },
    });
    await turn(world, 'start', id);
    await world.send();
    world.clock.advance(3_600_000);
    await world.decide();
    await turn(world, 'cancel', id);
    await world.send();
    expect(await world.received(id)).toHaveLength(2);
    expect(await balanceOf(world, id)).toMatchObject({
      eligible: 5,
      sent: 2,
      queued: 0,
      refused: 2,
      reasons: [{ gate: 'hand_over', reason: 'campaign cancelled', n: 2 }],
      cancelled: 1,
      waiting: 0,
    });
    await expect(turn(world, 'resume', id)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a schedule', () => {
  test('waits for its time in the zone of the workspace', async () => {
    const world = await campaignWorld(pool, { renderPool, zone: 'Europe/Kyiv' });
    const people = await world.people(1);
    const id = await world.campaign({
      include: [await world.list(people)],
      schedule: { kind: 'once', date: '2026-03-01', time: '12:00' },
    });
    await turn(world, 'start', id);
    await world.send();
    expect(await world.read(id)).toMatchObject({ state: 'scheduled' });
    world.clock.advance(30 * 60_000);
    await world.send();
    expect(await world.received(id)).toEqual(people);
  });

  test('by the zones of contacts sends to each at its time', async () => {
    const world = await campaignWorld(pool, { renderPool, zone: 'Europe/Kyiv' });
    const [tokyo] = await world.people(1, { time_zone: 'Asia/Tokyo' });
    const [kyiv] = await world.people(1);
    const id = await world.campaign({
      include: [await world.list([tokyo!, kyiv!])],
      schedule: { kind: 'once', date: '2026-03-02', time: '09:00', zone: 'contact' },
    });
    await turn(world, 'start', id);
    expect(await world.read(id)).toMatchObject({ starts_at: new Date('2026-03-01T19:00:00Z') });
    world.clock.advance(Date.parse('2026-03-01T19:00:00Z') - world.clock.now().getTime());
    await world.send();
    expect(await world.received(id)).toEqual([]);
    world.clock.advance(5 * 3_600_000);
    await world.send();
    expect(await world.received(id)).toEqual([tokyo]);
    world.clock.advance(7 * 3_600_000);
    await world.send();
    expect(await world.received(id)).toEqual([tokyo, kyiv]);
    expect(await world.read(id)).toMatchObject({ state: 'finished' });
  });

  test('that recurs makes a campaign of its own for each time, with its own audience', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const [a, b] = await world.people(2);
    const list = await world.list([a!]);
    const id = await world.campaign({
      include: [list],
      schedule: { kind: 'recurring', every: 'day', time: '10:00', until: '2026-03-02' },
    });
    await turn(world, 'start', id);
    world.clock.advance(30 * 60_000);
    await world.send();
    await pool.query(
      `insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, slot)
       values ($1, $2, $3, true, $4, $5)`,
      [b, list, world.workspaceId, world.clock.now(), b! % TEST_SLOTS],
    );
    world.clock.advance(86_400_000);
    await world.send();
    const { rows } = await pool.query<{ id: number; state: string }>(
      `select id, state from campaigns where series_id = $1 order by id`,
      [id],
    );
    expect(rows.map(({ state }) => state)).toEqual(['finished', 'finished']);
    expect(await world.received(rows[0]!.id)).toEqual([a]);
    expect(await world.received(rows[1]!.id)).toEqual([a, b]);
    expect(await world.read(id)).toMatchObject({ state: 'finished' });
  });

  test('that cannot be kept any more ends as cancelled and says why', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const id = await world.campaign({
      include: [await world.list(await world.people(1))],
      schedule: { kind: 'once', date: '2026-03-01', time: '10:00' },
    });
    await turn(world, 'start', id);
    await pool.query(`update messages set archived_at = $2 where id = $1`, [
      world.messageId,
      world.clock.now(),
    ]);
    world.clock.advance(3_600_000);
    await world.send();
    expect(await world.read(id)).toMatchObject({
      state: 'cancelled',
      reason: expect.stringContaining('archived'),
    });
  });

  test('with a pace lets so many leave in each unit of time', async () => {
    const world = await campaignWorld(pool, { renderPool });
    const people = await world.people(5);
    const id = await world.campaign({
      include: [await world.list(people)],
      pace: { n: 2, per: 'minute' },
    });
    await turn(world, 'start', id);
    for (const expected of [2, 4, 5]) {
      await world.send();
      expect(await world.received(id)).toHaveLength(expected);
      world.clock.advance(60_000);
    }
    await world.send();
    expect(await world.read(id)).toMatchObject({ state: 'finished' });
  });
});

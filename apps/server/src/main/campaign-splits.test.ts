import type { CampaignSplit } from '@perennial/contracts';
import { afterAll, describe, expect, test } from 'vitest';
import { chooseWinner, decideWinner } from '../campaigns/decide-winner.ts';
import { pickVariant, waitsForWinner } from '../campaigns/pick-variant.ts';
import { reportCampaign } from '../campaigns/report/report-campaign.ts';
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  startCampaign,
} from '../campaigns/set-campaign-state.ts';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { LANES } from '../inbox/index.ts';
import { testRenderPool } from '../sends/senders/test-senders.ts';
import { TEST_SLOTS } from '../sends/test-world.ts';
import { enqueueStamped } from '../slots/index.ts';
import { campaignWorld } from './test-campaigns.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());

type World = Awaited<ReturnType<typeof campaignWorld>>;
type Test = NonNullable<CampaignSplit['test']>;

const HOUR: Test = { share: 40, by: 'opened', window_minutes: 60, wait_minutes: 60 };
const turns = {
  start: startCampaign,
  pause: pauseCampaign,
  resume: resumeCampaign,
  cancel: cancelCampaign,
};

function turn({ workspace, by }: World, verb: keyof typeof turns, id: number) {
  return inTransaction(pool, (tx) => turns[verb](tx, { workspace, id, by: by() }));
}

function choose({ workspace, by }: World, id: number, variant: number) {
  return inTransaction(pool, (tx) => chooseWinner(tx, { workspace, id, by: by(), variant }));
}

function newMessage(world: World, channel?: string): Promise<number> {
  const html = '<p><a href="{{ unsubscribe_url }}">no</a></p>';
  const content = { en: { subject: 'Other', html, text: 'x' } };
  return world.message({ workspaceId: world.workspaceId, content, ...(channel && { channel }) });
}

async function splitWorld(people: number, test: Test | null, more: object = {}) {
  const world = await campaignWorld(pool, { renderPool });
  const ids = await world.people(people);
  const other = await newMessage(world);
  const split: CampaignSplit = { others: [other], shares: [50, 50], test };
  const id = await world.campaign({ include: [await world.list(ids)], split, ...more });
  return { world, ids, other, id, campaign: { id, split } };
}

async function happen(world: World, contactId: number): Promise<void> {
  const at = world.clock.now().getTime();
  const item = {
    kind: 'event' as const,
    ids: [],
    event: 'Bought',
    params: {},
    at,
    source: 'sdk' as const,
    ownTime: false,
    createContact: false,
  };
  const stamped = [
    { workspaceId: world.workspaceId, contactId, receivedAt: at, lane: LANES.stream, item },
  ];
  await inTransaction(pool, (tx) => enqueueStamped(tx, { slots: TEST_SLOTS, stamped }));
  await world.pipeline.drain();
}

/** The message of each contact's send. */
async function messages(id: number): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ contact_id: number; message_id: number }>(
    `select contact_id, message_id from sends where campaign_id = $1 and decision = 'sent'`,
    [id],
  );
  expect(new Set(rows.map((row) => row.contact_id)).size).toBe(rows.length);
  return new Map(rows.map((row) => [row.contact_id, row.message_id]));
}

/** The balance holds, in sum and by variant. */
async function balanced(world: World, id: number) {
  const campaign = await world.read(id);
  const report = await reportCampaign(pool, { campaign });
  const { eligible, sent, refused, held, waiting, gone, cancelled, reasons } = report.balance;
  expect(sent + refused + held + waiting + gone + cancelled).toBe(eligible);
  const heldOut = reasons.find(({ reason }) => reason === 'hold-out')?.n ?? 0;
  const decided = report.variants.reduce((sum, variant) => sum + variant.decided, 0);
  expect(decided + heldOut + waiting + gone + cancelled).toBe(eligible);
  return report;
}

describe('a campaign of several messages', () => {
  test('without a winner sends each contact its variant, once, and balances by variant', async () => {
    const { world, ids, other, id, campaign } = await splitWorld(60, null, { hold_out: 10 });
    await turn(world, 'start', id);
    await world.send();
    const sent = await messages(id);
    for (const [contact, message] of sent) {
      expect(message).toBe(pickVariant(campaign, contact) === 0 ? world.messageId : other);
    }
    expect(await world.received(id)).toEqual([...sent.keys()].toSorted((a, b) => a - b));
    const report = await balanced(world, id);
    expect(report.balance.sent + report.balance.refused).toBe(ids.length);
    expect(report.variants.map(({ message }) => message)).toEqual([world.messageId, other]);
    expect(report.variants.every((variant) => variant.sent > 10)).toBe(true);
    expect(await world.read(id)).toMatchObject({ state: 'finished', winner: null });
  });

  test('sends of each what it was at the start', async () => {
    const { world, id, other } = await splitWorld(20, null);
    await turn(world, 'start', id);
    await pool.query(
      `insert into message_versions (message_id, version, content, compiled, created_at)
       select message_id, 2, content, compiled, created_at from message_versions where message_id = $1`,
      [other],
    );
    await pool.query(`update messages set version = 2 where id = $1`, [other]);
    await world.send();
    const { rows } = await pool.query(
      `select distinct message_version from sends where campaign_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ message_version: 1 }]);
  });

  test('says at its place what keeps messages from being compared', async () => {
    const { world, ids } = await splitWorld(1, null);
    const sms = await newMessage(world, 'sms');
    const archived = await newMessage(world);
    await pool.query(`update messages set archived_at = updated_at where id = $1`, [archived]);
    const id = await world.campaign({
      include: [await world.list(ids)],
      schedule: { kind: 'once', date: '2099-01-01', time: '10:00', zone: 'contact' },
      split: {
        others: [world.messageId, sms, archived, null],
        shares: [20, 20, 20, 20, 10],
        test: { ...HOUR, by: 'event', event: 'nothing' },
      },
    });
    const refused = await turn(world, 'start', id).catch((problem: unknown) => problem);
    expect(refused).toMatchObject({ code: 'unprocessable' });
    const paths = (refused as { errors: { path: string }[] }).errors.map(({ path }) => path);
    expect(paths.toSorted()).toEqual([
      '/split/others/0',
      '/split/others/1',
      '/split/others/2',
      '/split/others/3',
      '/split/shares',
      '/split/test',
      '/split/test/event',
    ]);
  });
});

describe('a test before the rest', () => {
  test('sends the rest what more people opened, once its time has come', async () => {
    const { world, ids, other, id, campaign } = await splitWorld(300, HOUR);
    await turn(world, 'start', id);
    await world.send();
    const tested = ids.filter((contact) => !waitsForWinner(campaign, contact));
    const sent = await messages(id);
    expect([...sent.keys()].toSorted((a, b) => a - b)).toEqual(tested);
    const hadOther = tested.filter((contact) => sent.get(contact) === other);
    for (const contact of hadOther.slice(0, 5)) await world.open(id, contact);
    const hadFirst = tested.filter((contact) => sent.get(contact) === world.messageId);
    for (const contact of hadFirst.slice(0, 4)) await world.open(id, contact);
    for (const contact of hadFirst.slice(4, 12)) {
      await world.open(id, contact, { machine: 'privacy proxy' });
    }
    world.clock.advance(58 * 60_000);
    await world.send();
    expect((await messages(id)).size).toBe(tested.length);
    expect((await balanced(world, id)).balance.waiting).toBe(ids.length - tested.length);
    world.clock.advance(60_000);
    await world.send();
    const all = await messages(id);
    expect(all.size).toBe(ids.length);
    const rest = ids.filter((contact) => waitsForWinner(campaign, contact));
    expect(new Set(rest.map((contact) => all.get(contact)))).toEqual(new Set([other]));
    expect(await world.received(id)).toEqual(ids);
    const read = await world.read(id);
    expect(read).toMatchObject({ state: 'finished', winner: 1, winner_result: { how: 'rate' } });
    expect(read.winner_result!.counts.map(({ did }) => did)).toEqual([4, 5]);
    await balanced(world, id);
  });

  test('with too little to tell apart gives the rest the first variant', async () => {
    const { world, ids, id } = await splitWorld(20, HOUR);
    await turn(world, 'start', id);
    await world.send();
    world.clock.advance(3_600_000);
    await world.send();
    expect(await world.received(id)).toEqual(ids);
    expect(await world.read(id)).toMatchObject({
      winner: 0,
      winner_result: { how: 'too_little' },
    });
  });

  test('goes by what a person chose, once', async () => {
    const { world, ids, other, id, campaign } = await splitWorld(30, {
      ...HOUR,
      wait_minutes: null,
    });
    await expect(choose(world, id, 1)).rejects.toMatchObject({ code: 'conflict' });
    await turn(world, 'start', id);
    await world.send();
    world.clock.advance(30 * 86_400_000);
    await world.send();
    expect(await world.read(id)).toMatchObject({ state: 'running', winner: null });
    await expect(choose(world, id, 2)).rejects.toMatchObject({ code: 'invalid_request' });
    await choose(world, id, 1);
    await expect(choose(world, id, 0)).rejects.toMatchObject({ code: 'conflict' });
    await world.send();
    const sent = await messages(id);
    const rest = ids.filter((contact) => waitsForWinner(campaign, contact));
    expect(new Set(rest.map((contact) => sent.get(contact)))).toEqual(new Set([other]));
    expect(await world.received(id)).toEqual(ids);
  });

  test('by an event counts whom it happened to within the window after the send, once each', async () => {
    const test: Test = {
      share: 60,
      by: 'event',
      event: 'Bought',
      window_minutes: 30,
      wait_minutes: 60,
    };
    const { world, ids, other, id } = await splitWorld(200, test);
    await happen(world, ids[0]!);
    world.clock.advance(1_000);
    await turn(world, 'start', id);
    await world.send();
    const sent = await messages(id);
    const had = (message: number) => [...sent].flatMap(([who, m]) => (m === message ? [who] : []));
    const [first, second] = [had(world.messageId), had(other)];
    world.clock.advance(60_000);
    await happen(world, first[0]!);
    await happen(world, first[0]!);
    for (const contact of second.slice(0, 2)) await happen(world, contact);
    world.clock.advance(31 * 60_000);
    for (const contact of first.slice(1, 8)) await happen(world, contact);
    world.clock.advance(3_600_000);
    await world.send();
    const { winner, winner_result: result } = await world.read(id);
    expect({ winner, how: result!.how }).toEqual({ winner: 1, how: 'rate' });
    expect(result!.counts.map(({ did }) => did)).toEqual([1, 2]);
    expect((await balanced(world, id)).variants.map(({ converted }) => converted)).toEqual([1, 2]);
  });

  test('finds one winner, whoever looks for it at once', async () => {
    const { world, id } = await splitWorld(20, HOUR);
    await turn(world, 'start', id);
    await world.send();
    world.clock.advance(3_600_000);
    const look = () => decideWinner({ pool, clock: world.clock.now });
    const looks = await Promise.all([look(), look(), look(), choose(world, id, 1).catch(() => 0)]);
    expect(looks.filter((found) => found !== false && found !== 0)).toHaveLength(1);
    const { rows } = await pool.query(
      `select count(*)::integer as n from audit where action = 'campaign.winner' and object_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('finds no winner while it is paused, and goes on after it', async () => {
    const { world, ids, id } = await splitWorld(20, HOUR);
    await turn(world, 'start', id);
    await world.send();
    await turn(world, 'pause', id);
    world.clock.advance(2 * 3_600_000);
    await world.send();
    expect(await world.read(id)).toMatchObject({ winner: null });
    await turn(world, 'resume', id);
    await world.send();
    expect(await world.received(id)).toEqual(ids);
    await balanced(world, id);
  });

  test('cancelled before there is a winner accounts for those who waited', async () => {
    const { world, ids, id, campaign } = await splitWorld(30, HOUR);
    await turn(world, 'start', id);
    await world.send();
    await turn(world, 'cancel', id);
    world.clock.advance(3_600_000);
    await world.send();
    const rest = ids.filter((contact) => waitsForWinner(campaign, contact));
    expect((await balanced(world, id)).balance.cancelled).toBe(rest.length);
    expect((await messages(id)).size).toBe(ids.length - rest.length);
  });

  test('keeps its pace for the rest: what was waited is not made up for', async () => {
    const { world, id } = await splitWorld(40, HOUR, { pace: { n: 5, per: 'minute' } });
    await turn(world, 'start', id);
    for (let minute = 0; minute < 15; minute += 1) {
      await world.send();
      world.clock.advance(60_000);
    }
    const before = (await messages(id)).size;
    world.clock.advance(3_600_000);
    await world.send();
    expect((await messages(id)).size - before).toBeLessThanOrEqual(5);
  });
});

describe('a kill', () => {
  test('at the commit of the winner leaves none, and the next program finds it and sends to all once', async () => {
    const { world, ids, id, campaign } = await splitWorld(40, HOUR);
    await turn(world, 'start', id);
    await world.send();
    world.clock.advance(3_600_000);
    await breakCommits('update', 'campaigns', 'new.winner is not null');
    await expect(world.driver.move()).rejects.toThrow('killed');
    expect(await world.read(id)).toMatchObject({ winner: null, winner_result: null });
    await mendCommits('campaigns');
    await world.send();
    expect(await world.received(id)).toEqual(ids);
    const sent = await messages(id);
    const rest = ids.filter((contact) => waitsForWinner(campaign, contact));
    expect(new Set(rest.map((contact) => sent.get(contact)))).toEqual(new Set([world.messageId]));
    await balanced(world, id);
  });

  test('as the rest is handed over keeps it waiting, and nobody is sent to twice', async () => {
    const { world, ids, id } = await splitWorld(40, HOUR);
    await turn(world, 'start', id);
    await world.send();
    await choose(world, id, 1);
    const before = (await messages(id)).size;
    await breakCommits('update', 'campaign_slices', 'new.rest and new.handed_at is not null');
    await expect(world.driver.move()).rejects.toThrow('killed');
    await world.pipeline.drain();
    expect((await messages(id)).size).toBe(before);
    await mendCommits('campaign_slices');
    await world.send();
    expect(await world.received(id)).toEqual(ids);
    await balanced(world, id);
  });
});

/** Everything of a transaction is done, and then it ends without its commit. */
async function breakCommits(act: string, table: string, when: string): Promise<void> {
  await pool.query(
    `create or replace function be_killed() returns trigger language plpgsql as
       $$ begin raise exception 'killed'; end $$`,
  );
  await pool.query(
    `create constraint trigger killed after ${act} on ${table} deferrable initially deferred
        for each row when (${when}) execute function be_killed()`,
  );
}

async function mendCommits(table: string): Promise<void> {
  await pool.query(`drop trigger killed on ${table}`);
}

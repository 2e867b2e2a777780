import {
  campaignScheduleSchema,
  type CampaignFollows,
  type CampaignSplit,
  type SendTermsView,
} from '@perennial/contracts';
import { onTestFinished } from 'vitest';
import { createDriver, countBalance, createCampaign, readCampaign } from '../campaigns/index.ts';
import { createFieldCatalogue } from '../contacts/index.ts';
import { inTransaction, type Pool } from '../db/index.ts';
import { createEventTypes } from '../events/index.ts';
import type { Origin, WorkspaceRef } from '../http/index.ts';
import { LANES, type DeliveryItem } from '../inbox/index.ts';
import type { RenderPool } from '../messages/index.ts';
import { testPipeline } from '../pipeline/test-pipeline.ts';
import { standingClock, testSenders } from '../sends/senders/test-senders.ts';
import { enqueueStamped } from '../slots/index.ts';
import { createWorld, TEST_SLOTS } from '../sends/test-world.ts';
import { aroundContacts } from './around-contacts.ts';
import { createEngine } from './create-engine.ts';
import { testRender } from '../messages/rendering/test-render.ts';

/** Longer than what comes from a machine, and far less than tests wait for. */
const A_WHILE_MS = 4_000;

let made = 0;

interface Wanted {
  include: number[];
  exclude?: number[];
  schedule?: object;
  pace?: { n: number; per: 'second' | 'minute' | 'hour' | 'day' };
  hold_out?: number;
  message?: number | null;
  follows?: CampaignFollows;
  terms?: SendTermsView;
  split?: CampaignSplit;
}

/** A workspace with segments, a message and campaigns, over the real pipeline and senders. */
export async function campaignWorld(
  pool: Pool,
  { renderPool, zone = 'UTC', start }: { renderPool: RenderPool; zone?: string; start?: Date },
) {
  const clock = standingClock(start);
  const rows = createWorld(pool);
  const engine = createEngine({
    eventTypes: createEventTypes(pool),
    fields: createFieldCatalogue(),
    slots: TEST_SLOTS,
    render: testRender,
  });
  const pipeline = await testPipeline(pool, {
    clock: clock.now,
    slots: TEST_SLOTS,
    parts: { engine },
  });
  made += 1;
  const { rows: workspaces } = await pool.query<{ id: number }>(
    `insert into workspaces (slug, name, time_zone, created_at) values ($1, 'Shop', $2, $3) returning id`,
    [`campaigns-${made}`, zone, clock.now()],
  );
  const workspaceId = workspaces[0]!.id;
  await pool.query(`insert into resolvers (workspace_id, mark) values ($1, $2)`, [
    workspaceId,
    clock.now(),
  ]);
  const workspace: WorkspaceRef = {
    id: workspaceId,
    slug: 'shop',
    name: 'Shop',
    timeZone: zone,
    currency: 'USD',
  };
  const messageId = await rows.message({
    workspaceId,
    content: {
      en: {
        subject: 'Sale',
        html: '<p>Sale <a href="{{ unsubscribe_url }}">no</a></p>',
        text: 'x',
      },
    },
  });
  const by = (): Origin => ({
    workspaceId,
    actor: { kind: 'system', id: null, name: 'test' },
    at: clock.now(),
  });
  const newDriver = () =>
    createDriver({
      pool,
      questions: aroundContacts.questions,
      slots: TEST_SLOTS,
      clock: clock.now,
      onError: (cause) => {
        throw cause;
      },
    });
  const driver = newDriver();
  onTestFinished(async () => {
    await pool.query(`delete from slot_queue`);
    await pool.query(`delete from campaigns where workspace_id = $1`, [workspaceId]);
  });

  let people = 0;
  const world = {
    ...rows,
    pool,
    clock,
    pipeline,
    driver,
    workspace,
    workspaceId,
    messageId,
    by,
    /** So many contacts who may be written to. */
    async people(n: number, fields: Record<string, string> = {}): Promise<number[]> {
      const ids: number[] = [];
      for (let i = 0; i < n; i += 1) {
        people += 1;
        const email = `p${people}@home${made}.example`;
        ids.push(await rows.contact({ workspaceId, email, externalId: `p${people}`, fields }));
      }
      return ids;
    },
    async list(contactIds: number[]): Promise<number> {
      made += 1;
      const { rows: found } = await pool.query<{ id: number }>(
        `insert into segments (workspace_id, key, name, name_key, kind, source, created_at, updated_at)
         values ($1, $2, $2, $2, 'list', 'manual', $3, $3) returning id`,
        [workspaceId, `l${made}`, clock.now()],
      );
      const { id } = found[0]!;
      await pool.query(
        `insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, slot)
         select contact_id, $1, $2, true, $3, contact_id % $4 from unnest($5::bigint[]) as contact_id`,
        [id, workspaceId, clock.now(), TEST_SLOTS, contactIds],
      );
      return id;
    },
    campaign: ({ schedule = { kind: 'now' }, ...wanted }: Wanted) =>
      inTransaction(pool, async (tx) => {
        made += 1;
        const { id } = await createCampaign(tx, {
          workspaceId,
          by: by(),
          name: `Campaign ${made}`,
          message: messageId,
          exclude: [],
          pace: null,
          hold_out: 0,
          split: null,
          follows: null,
          tags: [],
          ...wanted,
          schedule: campaignScheduleSchema.parse(schedule),
        });
        return id;
      }),
    read: (id: number) => readCampaign(pool, { workspaceId, id }),
    async balance(id: number) {
      return countBalance(pool, { campaign: await world.read(id) });
    },
    /** Reads, hands over and decides all that may be now; nothing is sent. */
    async decide(): Promise<void> {
      // One that has not just looked whether everything has left.
      const driver = newDriver();
      for (;;) {
        const read = await driver.read(() => {});
        const moved = await driver.move();
        await pipeline.drain();
        if (!read && !moved) break;
      }
    },
    /** The same, and senders send what is due. */
    async send(): Promise<void> {
      const senders = await testSenders({ pool, renderPool, clock });
      await world.decide();
      await senders.drain();
      await pipeline.drain();
      await world.decide();
    },
    /** A contact, or a machine, opens what it got, some time after it came. */
    async open(campaignId: number, contactId: number, told: { machine?: string } = {}) {
      clock.advance(A_WHILE_MS);
      await world.visit(campaignId, contactId, { status: 'opened', ...told });
    },
    /** The same, or a click, at this moment. */
    async visit(
      campaignId: number,
      contactId: number,
      told: Pick<DeliveryItem, 'status' | 'url' | 'links' | 'machine'>,
    ) {
      const { rows: found } = await pool.query<{ id: number; send_id: number }>(
        `select d.id, d.send_id from deliveries d
           join sends s on s.contact_id = d.contact_id and s.id = d.send_id
          where s.campaign_id = $1 and s.contact_id = $2`,
        [campaignId, contactId],
      );
      const { id: deliveryId, send_id: sendId } = found[0]!;
      const at = clock.now().getTime();
      await inTransaction(pool, (tx) =>
        enqueueStamped(tx, {
          slots: TEST_SLOTS,
          stamped: [
            {
              workspaceId,
              contactId,
              receivedAt: at,
              lane: LANES.stream,
              item: {
                kind: 'delivery',
                ids: [],
                at,
                source: 'system',
                contactId,
                sendId,
                deliveryId,
                ...told,
              },
            },
          ],
        }),
      );
      await pipeline.drain();
    },
    /** Contacts in the outbox, as often as they got something. */
    async received(campaignId: number): Promise<number[]> {
      const { rows: found } = await pool.query<{ contact_id: number }>(
        `select b.contact_id from sandbox_messages b
           join deliveries d on d.contact_id = b.contact_id and d.id = b.delivery_id
           join sends s on s.contact_id = d.contact_id and s.id = d.send_id
          where s.campaign_id = $1 order by b.contact_id`,
        [campaignId],
      );
      return found.map((row) => row.contact_id);
    },
    async dueTimes(campaignId: number): Promise<string[]> {
      const { rows: found } = await pool.query<{ due_at: Date }>(
        `select d.due_at from deliveries d
           join sends s on s.contact_id = d.contact_id and s.id = d.send_id
          where s.campaign_id = $1 and d.due_at is not null order by d.due_at`,
        [campaignId],
      );
      return found.map((row) => row.due_at.toISOString());
    },
  };
  return world;
}

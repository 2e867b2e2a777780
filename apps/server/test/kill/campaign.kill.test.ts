import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { CampaignBalance } from '@perennial/contracts';
import { readTestConfig } from '../../src/config.ts';
import { testDatabase } from '../../src/db/test-database.ts';
import { readSlotCount } from '../../src/slots/index.ts';
import { freePort, killAll, startProgram } from './program.ts';
import { makeStage, type Stage } from './stage.ts';
import { throughKills, untilMore } from './through-kills.ts';

const { kills } = readTestConfig();
/** Enough that it is not over before the last kill. */
const CONTACTS = 1_000 + 200 * kills;
/** Every tenth has no address. */
const ADDRESSED = CONTACTS - CONTACTS / 10;

const { pool, url } = await testDatabase();
afterAll(killAll);

/** Contacts with an address that may be written to, in a list, written directly: they are the stage. */
async function fill({ workspaceId }: Stage, list: number): Promise<void> {
  const now = new Date();
  const slots = await readSlotCount(pool);
  await pool.query(
    `insert into contacts (id, workspace_id, external_id, email, source, created_at, updated_at)
     select nextval('contact_ids'), $1, 'u' || n,
            case when n % 10 = 0 then null else 'u' || n || '@example.com' end, 'api', $2, $2
       from generate_series(1, $3::integer) n`,
    [workspaceId, now, CONTACTS],
  );
  await pool.query(
    `insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source)
     select id, 'email', email, workspace_id, 'subscribed', $2, 'api'
       from contacts where workspace_id = $1 and email is not null`,
    [workspaceId, now],
  );
  await pool.query(
    `insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, slot)
     select id, $2, workspace_id, true, $3, id % $4::integer from contacts where workspace_id = $1`,
    [workspaceId, list, now, slots],
  );
}

async function prepare(stage: Stage): Promise<{ campaign: string; list: number }> {
  const { id: list } = await stage.call<{ id: string }>('POST', '/segments', {
    name: 'All',
    kind: 'list',
  });
  const { id: message } = await stage.call<{ id: string }>('POST', '/messages', {
    name: 'Sale',
    channel: 'email',
    content: { en: { subject: 'Sale', html: '<p><a href="{{ unsubscribe_url }}">no</a></p>' } },
  });
  const { id: campaign } = await stage.call<{ id: string }>('POST', '/campaigns', {
    name: 'Sale',
    message,
    include: [list],
  });
  return { campaign, list: Number(list) };
}

async function decisionsOf(campaign: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select (select count(*) from sends where campaign_id = $1)
          + (select count(*) from sandbox_messages) as n`,
    [campaign],
  );
  return rows[0]!.n;
}

async function isOpen(campaign: string): Promise<boolean> {
  const { rows } = await pool.query(`select from campaigns where id = $1 and state = 'running'`, [
    campaign,
  ]);
  return rows.length > 0;
}

test(
  'a campaign that is killed time and again sends nobody anything twice, and accounts for everybody',
  async () => {
    const port = await freePort();
    const stage = await makeStage(pool, { slug: 'sale', base: `http://127.0.0.1:${port}` });
    let program = startProgram({ url, port });
    await program.ready;
    const { campaign, list } = await prepare(stage);
    await fill(stage, list);
    await stage.call('POST', `/campaigns/${campaign}/start`, {});
    const ended = await throughKills(program, {
      url,
      port,
      kills,
      moveOn: () =>
        untilMore(
          () => decisionsOf(campaign),
          () => isOpen(campaign),
        ),
      isOpen: () => isOpen(campaign),
    });
    ({ program } = ended);
    while (await isOpen(campaign)) await sleep(50);
    const balance = await stage.call<CampaignBalance>('GET', `/campaigns/${campaign}/balance`);
    await program.stop();
    expect(balance).toMatchObject({
      eligible: CONTACTS,
      sent: ADDRESSED,
      queued: 0,
      reasons: [{ reason: 'no address', n: CONTACTS - ADDRESSED }],
      waiting: 0,
      gone: 0,
      complete: true,
    });
    expect(await timesReceived()).toEqual([{ times: 1, contacts: ADDRESSED }]);
    expect(ended.struck).toBeGreaterThan(0);
  },
  120_000 + kills * 15_000,
);

/** How many contacts have how many messages in the outbox. */
async function timesReceived(): Promise<{ times: number; contacts: number }[]> {
  const { rows } = await pool.query<{ times: number; contacts: number }>(
    `select times, count(*) as contacts
       from (select contact_id, count(*) as times from sandbox_messages group by contact_id) each
      group by times`,
  );
  return rows;
}

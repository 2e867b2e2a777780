import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { Campaign, CampaignBalance, CampaignReport } from '@perennial/contracts';
import { readTestConfig } from '../../src/config.ts';
import { testDatabase } from '../../src/db/test-database.ts';
import { readSlotCount } from '../../src/slots/index.ts';
import { startMailLog, type LoggedMail } from './mail-log.ts';
import { freePort, killAll, startProgram } from './program.ts';
import { makeStage, type Stage } from './stage.ts';
import { throughKills, untilMore } from './through-kills.ts';

const { kills } = readTestConfig();
/** Enough that it is not over before the last kill. */
const CONTACTS = 1_000 * kills;
/** Every tenth has no address. */
const ADDRESSLESS = CONTACTS / 10;

const { pool, url } = await testDatabase();
const log = await startMailLog();
afterAll(async () => {
  killAll();
  await log.close();
});

/** Contacts of a list, written directly: they are the stage. */
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

/** Two messages, compared with a third of the audience; a tenth gets nothing. */
async function prepare(stage: Stage): Promise<string> {
  const { id: list } = await stage.call<{ id: string }>('POST', '/segments', {
    name: 'All',
    kind: 'list',
  });
  await stage.call('POST', '/providers', {
    channel: 'email',
    kind: 'smtp',
    settings: {
      host: '127.0.0.1',
      port: log.port,
      security: 'none',
      from: 'Shop <shop@example.com>',
      max_connections: 8,
    },
  });
  const [first, other] = [await writeMessage(stage, 'A'), await writeMessage(stage, 'B')];
  const { id } = await stage.call<{ id: string }>('POST', '/campaigns', {
    name: 'Sale',
    message: first,
    include: [list],
    hold_out: 10,
    split: {
      others: [other],
      shares: [50, 50],
      test: { share: 33, by: 'opened', wait_minutes: null },
    },
  });
  await fill(stage, Number(list));
  return id;
}

async function writeMessage(stage: Stage, name: string): Promise<string> {
  const html = '<p><a href="{{ unsubscribe_url }}">no</a></p>';
  const { id } = await stage.call<{ id: string }>('POST', '/messages', {
    name,
    channel: 'email',
    content: { en: { subject: name, html } },
  });
  return id;
}

async function doneOf(campaign: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*) as n from sends where campaign_id = $1`,
    [campaign],
  );
  return rows[0]!.n + log.mails.length;
}

async function isOpen(campaign: string): Promise<boolean> {
  const { rows } = await pool.query(`select from campaigns where id = $1 and state = 'running'`, [
    campaign,
  ]);
  return rows.length > 0;
}

/** A person's choice, as soon as everybody compared was decided about; again if the program was killed over it. */
async function chooseOther(stage: Stage, campaign: string): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ tested: boolean; chosen: boolean }>(
      `select tested_at is not null as tested, winner is not null as chosen from campaigns where id = $1`,
      [campaign],
    );
    const { tested, chosen } = rows[0]!;
    if (chosen) return;
    if (tested) {
      await stage
        .call('POST', `/campaigns/${campaign}/winner`, { variant: 1 })
        .catch(() => sleep(50));
    } else await sleep(20);
  }
}

/** What the history says of each contact of the audience. */
interface Told {
  contact: number;
  to: string | null;
  decision: string;
  reason: string | null;
  message: string;
  delivery: string | null;
  once_uncertain: boolean;
  /** Facts that it was sent. */
  told: number;
  at: Date;
}

async function historyOf(campaign: string): Promise<Told[]> {
  const { rows } = await pool.query<Told>(
    `select s.contact_id as contact, d.address as to, s.decision, s.reasons -> -1 -> 'details' ->> 'reason' as reason,
            m.name as message, d.status as delivery, d.uncertain_at is not null as once_uncertain,
            s.created_at as at,
            (select count(*) from events e join event_types t on t.id = e.event_type_id
              where e.contact_id = s.contact_id and t.key = 'MessageSent' and e.params ->> 'send' = s.id::text) as told
       from sends s
       join messages m on m.id = s.message_id
       left join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
      where s.campaign_id = $1`,
    [campaign],
  );
  return rows;
}

test(
  'a campaign that compares messages over SMTP and is killed time and again: nobody twice, everybody accounted for',
  async () => {
    const port = await freePort();
    const stage = await makeStage(pool, { slug: 'split', base: `http://127.0.0.1:${port}` });
    const options = { url, port, allowEgress: '127.0.0.1' };
    const first = startProgram(options);
    await first.ready;
    const campaign = await prepare(stage);
    await stage.call('POST', `/campaigns/${campaign}/start`, {});
    const chosen = chooseOther(stage, campaign);
    const { program, struck } = await throughKills(first, {
      ...options,
      kills,
      moveOn: () =>
        untilMore(
          () => doneOf(campaign),
          () => isOpen(campaign),
        ),
      isOpen: () => isOpen(campaign),
    });
    await chosen;
    while (await isOpen(campaign)) await sleep(50);
    const balance = await stage.call<CampaignBalance>('GET', `/campaigns/${campaign}/balance`);
    const report = await stage.call<CampaignReport>('GET', `/campaigns/${campaign}/report`);
    const { winner_result: won } = await stage.call<Campaign>('GET', `/campaigns/${campaign}`);
    const listed = await listUncertain(stage);
    const history = await historyOf(campaign);
    await program.stop();
    expect(struck).toBeGreaterThan(0);

    const uncertain = history.filter(({ delivery }) => delivery === 'uncertain');
    checkOnce(log.mails);
    checkAgainstLog(history, log.mails);
    checkBalance(history, balance);
    expect(report.totals.uncertain).toBe(uncertain.length);
    expect(listed).toBe(history.filter(({ once_uncertain: once }) => once).length);
    const after = history.filter(({ at }) => at > new Date(won!.at));
    const rest = after.filter(({ decision }) => decision === 'sent');
    expect(rest.length).toBeGreaterThan(0);
    expect(new Set(rest.map(({ message }) => message))).toEqual(new Set(['B']));
  },
  120_000 + kills * 30_000,
);

function checkOnce(mails: readonly LoggedMail[]): void {
  const twice = [...Map.groupBy(mails, ({ to }) => to)].filter(([, own]) => own.length > 1);
  expect(twice).toEqual([]);
}

/** What was told as sent was taken, and what was taken was told as sent, or nobody knows of it. */
function checkAgainstLog(history: readonly Told[], mails: readonly LoggedMail[]): void {
  const taken = new Map(mails.map(({ to, subject }) => [to, subject]));
  const sent = history.filter(({ delivery }) => delivery === 'sent');
  expect(sent.filter(({ to }) => !taken.has(to!))).toEqual([]);
  expect(sent.filter(({ told }) => told !== 1)).toEqual([]);
  const byAddress = new Map(history.map((one) => [one.to, one]));
  const unknown = mails.filter(
    ({ to }) => !['sent', 'uncertain'].includes(byAddress.get(to)?.delivery ?? ''),
  );
  expect(unknown).toEqual([]);
  expect(mails.filter(({ to, subject }) => byAddress.get(to)?.message !== subject)).toEqual([]);
}

function checkBalance(history: readonly Told[], balance: CampaignBalance): void {
  expect(new Set(history.map(({ contact }) => contact)).size).toBe(CONTACTS);
  expect(history).toHaveLength(CONTACTS);
  const sent = history.filter(({ decision }) => decision === 'sent');
  const refused = history.filter(({ decision }) => decision === 'refused');
  const reasons = Object.fromEntries(balance.reasons.map(({ reason, n }) => [reason, n]));
  expect(balance).toMatchObject({
    eligible: CONTACTS,
    sent: sent.length,
    refused: refused.length,
    queued: 0,
    held: 0,
    waiting: 0,
    gone: 0,
    cancelled: 0,
    complete: true,
  });
  expect(sent.length + refused.length).toBe(CONTACTS);
  expect(Object.keys(reasons).toSorted()).toEqual(['hold-out', 'no address']);
  expect(reasons['hold-out']! + reasons['no address']!).toBe(refused.length);
  // Of those without an address some are kept out before anybody looks.
  expect(reasons['no address']).toBeLessThanOrEqual(ADDRESSLESS);
  const unclear = sent.filter(({ delivery }) => delivery !== 'sent' && delivery !== 'uncertain');
  expect(unclear).toEqual([]);
}

async function listUncertain({ call }: Stage): Promise<number> {
  let n = 0;
  let cursor: string | null = '';
  while (cursor !== null) {
    const at: string = cursor && `&cursor=${cursor}`;
    const page: { items: unknown[]; next_cursor: string | null } = await call(
      'GET',
      `/deliveries?uncertain=true&limit=100${at}`,
    );
    n += page.items.length;
    cursor = page.next_cursor;
  }
  return n;
}

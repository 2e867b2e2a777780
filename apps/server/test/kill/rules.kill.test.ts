import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { readTestConfig } from '../../src/config.ts';
import { testDatabase } from '../../src/db/test-database.ts';
import { freePort, killAll, startProgram, type Program } from './program.ts';
import { startSmtpPeer } from './smtp-peer.ts';
import { drawWorkflow, makeStage, type Stage } from './stage.ts';

const { kills } = readTestConfig();
/** New people of each workspace between two kills. */
const PEOPLE_A_LIFE = 60;
const PEOPLE_A_BATCH = 12;

const { pool, url } = await testDatabase();
const smtp = await startSmtpPeer();
afterAll(async () => {
  killAll();
  await smtp.close();
});

/** What a person does besides joining decides what she must be sent. */
const HABITS = ['active', 'idle', 'left'] as const;
type Habit = (typeof HABITS)[number];

function habitOf(n: number): Habit {
  return HABITS[n % HABITS.length]!;
}

function callsOf(n: number): object[] {
  const call = (event: string): object => ({
    type: 'track',
    userId: `u${n}`,
    event,
    messageId: `${event}-${n}`,
    timestamp: new Date().toISOString(),
  });
  const identify = {
    type: 'identify',
    userId: `u${n}`,
    traits: { email: `u${n}@example.com`, custom: n },
    messageId: `identify-${n}`,
    timestamp: new Date().toISOString(),
  };
  const habit = habitOf(n);
  return [
    identify,
    call('Joined'),
    ...(habit === 'active' ? [call('Active')] : []),
    ...(habit === 'left' ? [call('Left')] : []),
  ];
}

/** Sends until it is answered, as a client with a queue does: every repeat is the same call. */
async function deliver(
  base: string,
  stage: Stage,
  people: number[],
  isOver: () => boolean,
): Promise<void> {
  const body = JSON.stringify({ batch: people.flatMap(callsOf) });
  while (!isOver()) {
    const answer = await fetch(`${base}/v1/batch`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${stage.writeKey}:`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body,
    }).catch(() => undefined);
    if (answer?.ok) return;
    if (answer?.status === 400) throw new Error(await answer.text());
    await sleep(50);
  }
}

/** Everything that may not have been answered, as requests that keep the limits. */
async function deliverAgain(base: string, stage: Stage): Promise<void> {
  for (let i = 0; i < unanswered.length; i += 100) {
    await deliver(base, stage, unanswered.slice(i, i + 100), () => false);
  }
}

async function liveAndDie(base: string, stages: Stage[], port: number): Promise<number> {
  let people = 0;
  for (let life = 0; life <= kills; life += 1) {
    const program: Program = startProgram({ url, port });
    await program.ready;
    const fresh = Array.from({ length: PEOPLE_A_LIFE }, (_, i) => people + i);
    people += PEOPLE_A_LIFE;
    let over = false;
    const deliveries = stages.flatMap((stage) =>
      Array.from({ length: PEOPLE_A_LIFE / PEOPLE_A_BATCH }, (_, i) =>
        deliver(base, stage, fresh.slice(i * PEOPLE_A_BATCH, (i + 1) * PEOPLE_A_BATCH), () => over),
      ),
    );
    if (life === kills) {
      await Promise.all(deliveries);
      await settle();
      await program.stop();
      return people;
    }
    const timers = hurry();
    await sleep(100 + Math.random() * 1500);
    await program.kill();
    clearInterval(timers);
    // What was not answered is sent again to the next life.
    over = true;
    await Promise.all(deliveries);
    unanswered.push(...fresh);
  }
  throw new Error('unreachable');
}

/** People whose calls may not have been answered: a client repeats them. */
const unanswered: number[] = [];

/** The minute of the timers passes at once. */
function hurry(): NodeJS.Timeout {
  return setInterval(() => void passMinute().catch(() => {}), 300);
}

async function passMinute(): Promise<void> {
  await pool.query(`update runs set wake_at = $1 where wake_at > $2`, [
    new Date(Date.now() + 300),
    new Date(Date.now() + 5000),
  ]);
}

/** Until nothing is left to do. */
async function settle(): Promise<void> {
  for (let quiet = 0; quiet < 2;) {
    await passMinute();
    const { rows } = await pool.query<{ open: number }>(
      `select (select count(*) from inbox) + (select count(*) from slot_queue)
            + (select count(*) from runs where ended_at is null)
            + (select count(*) from deliveries where state in ('planned', 'handed_over')) as open`,
    );
    quiet = rows[0]!.open === 0 ? quiet + 1 : 0;
    await sleep(300);
  }
}

interface SentRow {
  person: string;
  message: string;
  state: string;
  deliveries: number;
}

async function sentOf(stage: Stage): Promise<SentRow[]> {
  const { rows } = await pool.query<SentRow>(
    `select c.external_id as person, m.name as message, max(d.state) as state, count(*) as deliveries
       from deliveries d
       join sends s on s.contact_id = d.contact_id and s.id = d.send_id
       join contacts c on c.id = d.contact_id
       join messages m on m.id = s.message_id
      where d.workspace_id = $1 and d.state <> 'cancelled'
      group by c.external_id, m.name`,
    [stage.workspaceId],
  );
  return rows;
}

test(
  `after ${kills} kills every person was sent what the rules say, once`,
  async () => {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const sandbox = await makeStage(pool, { slug: 'sandbox', base });
    const mail = await makeStage(pool, { slug: 'mail', base });
    const setUp = startProgram({ url, port });
    await setUp.ready;
    await mail.call('POST', '/providers', {
      channel: 'email',
      kind: 'smtp',
      name: 'peer',
      settings: { host: '127.0.0.1', port: smtp.port, security: 'none', from: 'test@example.com' },
    });
    for (const stage of [sandbox, mail]) await drawWorkflow(stage);
    await setUp.stop();

    const people = await liveAndDie(base, [sandbox, mail], port);
    const last = startProgram({ url, port });
    await last.ready;
    for (const stage of [sandbox, mail]) await deliverAgain(base, stage);
    await settle();
    await last.stop();

    for (const stage of [sandbox, mail]) await expectRules(stage, people);
    await expectSandbox(sandbox);
    await expectPeer(mail);
  },
  120_000 + kills * 10_000,
);

function expectedOf(n: number): { must: string[]; may: string[] } {
  const habit = habitOf(n);
  // Who left at once may have been greeted before.
  return habit === 'left' ? { must: [], may: ['hello'] } : { must: ['hello', habit], may: [] };
}

async function expectRules(stage: Stage, people: number): Promise<void> {
  const sent = Map.groupBy(await sentOf(stage), (row) => row.person);
  for (let n = 0; n < people; n += 1) {
    const { must, may } = expectedOf(n);
    const rows = sent.get(`u${n}`) ?? [];
    expect([
      `u${n}`,
      rows
        .filter((row) => !may.includes(row.message))
        .map((row) => row.message)
        .toSorted(),
    ]).toEqual([`u${n}`, must.toSorted()]);
    expect(rows.every((row) => row.deliveries === 1)).toBe(true);
  }
  const { rows } = await pool.query(
    `select external_id from contacts where workspace_id = $1 and merged_into is null
      group by external_id having count(*) > 1`,
    [stage.workspaceId],
  );
  expect(rows).toEqual([]);
}

/** The sandbox received exactly what was sent: the hand-over is part of our transaction. */
async function expectSandbox(stage: Stage): Promise<void> {
  const { rows } = await pool.query<{ missing: number; uncertain: number }>(
    `select count(*) filter (where m.delivery_id is null and d.state = 'accepted') as missing,
            count(*) filter (where d.state = 'uncertain') as uncertain
       from deliveries d
       left join sandbox_messages m on m.contact_id = d.contact_id and m.delivery_id = d.id
      where d.workspace_id = $1`,
    [stage.workspaceId],
  );
  expect(rows[0]).toEqual({ missing: 0, uncertain: 0 });
}

/** The mail server got nothing twice, and what it may not have got is listed as uncertain. */
async function expectPeer(stage: Stage): Promise<void> {
  const ids = smtp.received.map((mail) => mail.messageId);
  expect(new Set(ids).size).toBe(ids.length);
  const pairs = smtp.received.map((mail) => `${mail.to} ${mail.subject}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  const got = new Set(pairs);
  for (const { person, message, state } of await sentOf(stage)) {
    if (state !== 'uncertain')
      expect([person, message, got.has(`${person}@example.com ${message}`)]).toEqual([
        person,
        message,
        true,
      ]);
  }
}

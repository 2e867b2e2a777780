/** Runs through every kind of block, killed time and again; an independent checker audits what they left. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { blocks } from '@perennial/blocks';
import { readTestConfig } from '../../src/config.ts';
import { testDatabase } from '../../src/db/test-database.ts';
import { freePort, killAll, startProgram, type Program } from './program.ts';
import { startSmtpPeer } from './smtp-peer.ts';
import { makeStage, type Stage } from './stage.ts';
import { checkSubscriptions } from './subscription-checker.ts';
import { untilMore } from './through-kills.ts';
import { startWebhookPeer } from './webhook-peer.ts';
import {
  checkCalls,
  checkContacts,
  checkEffects,
  checkExits,
  checkMails,
  checkWays,
  readMails,
  readRuns,
} from './workflow-checker.ts';
import { drawEveryBlock, type Drawn } from './workflow-stage.ts';

const { kills: few } = readTestConfig();
/** In the long run twice as many as elsewhere: a way has many places to be struck at. */
const kills = few > 5 ? 2 * few : few;
/** New people in each life, and in each of their requests. */
const PEOPLE_A_LIFE = 16;
const PEOPLE_A_BATCH = 8;

const { pool, url } = await testDatabase();
const [smtp, hook] = [await startSmtpPeer(), await startWebhookPeer()];
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const options = { url, port, allowEgress: '127.0.0.1' };
afterAll(async () => {
  killAll();
  await smtp.close();
  await hook.close();
});

/** Whom a person is like: every fourth leaves at once, every other one answers. */
const leaves = (n: number): boolean => n % 4 === 3;
const answers = (n: number): boolean => n % 2 === 0;
const nameOf = (n: number): string => `u${n}`;

function call(n: number, event: string, properties: object = {}): object {
  return {
    type: 'track',
    userId: nameOf(n),
    event,
    properties,
    messageId: `${event}-${n}`,
    timestamp: new Date().toISOString(),
  };
}

function callsOf(n: number): object[] {
  const traits = { email: `${nameOf(n)}@example.com`, phone: `+38050${1_000_000 + n}` };
  const identify = {
    type: 'identify',
    userId: nameOf(n),
    traits,
    messageId: `identify-${n}`,
    timestamp: new Date().toISOString(),
  };
  const joined = { n: n % 3, city: `City ${n}`, friend: `friend of ${nameOf(n)}` };
  return [identify, call(n, 'Joined', joined)];
}

/** What clients still have to send, by its name: it is repeated as it is until it is answered. */
const toSend = new Map<string, string>();

function put(name: string, batch: object[]): void {
  if (batch.length > 0) toSend.set(name, JSON.stringify({ batch }));
}

async function sendAll({ writeKey }: Stage, isOver: () => boolean): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  await Promise.all(
    [...toSend].map(async ([name, body]) => {
      while (!isOver()) {
        const answer = await fetch(`${base}/v1/batch`, { method: 'POST', headers, body }).catch(
          () => undefined,
        );
        if (answer?.ok) return void toSend.delete(name);
        if (answer?.status === 400) throw new Error(await answer.text());
        await sleep(50);
      }
    }),
  );
}

/** Nobody waits to see whether the one that was killed beats again. */
async function buryDead(): Promise<void> {
  await pool.query(`update processes set beat_at = beat_at - interval '1 hour'`);
}

/**
 * Times that would be minutes pass at once: timers, waits of those who never answer, and until calls
 * and receipts are tried again.
 */
async function passTime(): Promise<void> {
  const soon = new Date(Date.now() + 300);
  const far = new Date(Date.now() + 5_000);
  await pool.query(
    `update runs r set wake_at = $1
       from contacts c
      where c.id = r.contact_id and r.wake_at > $2
        and (r.block = 'rest' or (r.block = 'wait' and substr(c.external_id, 2)::integer % 2 = 1))`,
    [soon, far],
  );
  for (const [table, state] of [
    ['workflow_calls', 'waiting'],
    ['deliveries', 'planned'],
  ]) {
    await pool.query(`update ${table} set due_at = $1 where due_at > $2 and state = '${state}'`, [
      soon,
      far,
    ]);
  }
}

/** Those who wait for an answer and are of the kind that answers. */
async function answerSome(): Promise<void> {
  const { rows } = await pool.query<{ n: number }>(
    `select substr(c.external_id, 2)::integer as n from runs r join contacts c on c.id = r.contact_id
      where r.block = 'wait' and r.state = 'waiting' and r.wake_at > $1`,
    [new Date(Date.now() + 60_000)],
  );
  for (const { n } of rows) if (answers(n)) put(`answer ${n}`, [call(n, 'Answered')]);
}

async function openWork(): Promise<number> {
  const { rows } = await pool.query<{ open: number }>(
    `select (select count(*) from inbox) + (select count(*) from slot_queue)
          + (select count(*) from runs where ended_at is null)
          + (select count(*) from deliveries where state in ('planned', 'handed_over'))
          + (select count(*) from campaigns where state not in ('finished', 'cancelled')) as open`,
  );
  return rows[0]!.open;
}

async function stepsTaken(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select coalesce(sum(steps), 0)::integer as n from runs`,
  );
  return rows[0]!.n;
}

async function settle(stage: Stage): Promise<void> {
  for (let quiet = 0; quiet < 2;) {
    await passTime();
    await answerSome();
    await sendAll(stage, () => false);
    quiet = (await openWork()) === 0 ? quiet + 1 : 0;
    await sleep(200);
  }
}

/** One life: new people come, and all goes on until it is killed. */
async function live(stage: Stage, program: Program, { first }: { first: number }): Promise<void> {
  for (let n = first; n < first + PEOPLE_A_LIFE; n += PEOPLE_A_BATCH) {
    const people = Array.from({ length: PEOPLE_A_BATCH }, (_, i) => n + i);
    put(`join ${n}`, people.flatMap(callsOf));
  }
  let over = false;
  const goOn = async (): Promise<void> => {
    while (!over) {
      await passTime();
      await answerSome();
      await leaveSome();
      await sendAll(stage, () => over);
      await sleep(50);
    }
  };
  const going = goOn();
  // However slow the machine is: something has moved before it is struck.
  await untilMore(stepsTaken, async () => toSend.size > 0 || (await openWork()) > 0);
  await sleep(Math.random() * 1_000);
  await program.kill();
  await buryDead();
  over = true;
  await going;
}

/** Who leaves does so while the run is somewhere on its way. */
async function leaveSome(): Promise<void> {
  const { rows } = await pool.query<{ n: number }>(
    `select substr(c.external_id, 2)::integer as n from runs r join contacts c on c.id = r.contact_id
      where r.ended_at is null and c.external_id like 'u%'`,
  );
  for (const { n } of rows) if (leaves(n)) put(`leave ${n}`, [call(n, 'Left')]);
}

/** Two who read what is told to the segment. */
async function addReaders({ call: manage }: Stage, { readers }: Drawn): Promise<void> {
  const add: string[] = [];
  for (const who of ['reader1', 'reader2']) {
    const body = { external_id: who, email: `${who}@example.com` };
    add.push((await manage<{ id: string }>('POST', '/contacts', body)).id);
  }
  await manage('POST', `/segments/${readers}/members`, { add });
}

test(
  `after ${kills} kills no step of a workflow is lost or repeated, whatever the block`,
  async () => {
    const stage = await makeStage(pool, { slug: 'blocks', base });
    let program = startProgram(options);
    await program.ready;
    const at = { hook: `${hook.origin}/hook`, smtpPort: smtp.port, codes: kills * PEOPLE_A_LIFE };
    const drawn = await drawEveryBlock(stage, at);
    await addReaders(stage, drawn);
    let struck = 0;
    for (let life = 0; life < kills; life += 1) {
      await live(stage, program, { first: life * PEOPLE_A_LIFE });
      struck += Number((await openWork()) > 0);
      program = startProgram(options);
      await program.ready;
    }
    await settle(stage);
    const listed = await countUncertain(stage);
    await program.stop();
    expect(struck).toBeGreaterThan(0);

    const people = Array.from({ length: kills * PEOPLE_A_LIFE }, (_, n) => n);
    const runs = await readRuns(pool, drawn.all.id);
    checkWays(runs, people.map(nameOf), drawn);
    checkExits(runs, new Set(people.filter(answers).map(nameOf)));
    const stayed = runs.filter(({ person }) => !leaves(Number(person.slice(1))));
    expect(stayed.every(({ state }) => state === 'completed')).toBe(true);
    const drawnTypes = Object.values(drawn.all.blocks).map(({ type }) => type);
    expect([...new Set(drawnTypes)].toSorted()).toEqual(Object.keys(blocks).toSorted());
    await checkEffects(pool, { runs, drawn });
    await checkContacts(pool, { runs, drawn });
    await checkSubscriptions(pool, { runs, drawn });
    checkCalls(runs, hook.calls);
    const mails = await readMails(pool, stage.workspaceId);
    checkMails(mails, smtp.received);
    expect(listed).toBe(mails.filter(({ once_uncertain: once }) => once).length);
  },
  120_000 + kills * 60_000,
);

/** Of all channels, as people see them: those that are or once were. */
async function countUncertain({ call: manage }: Stage): Promise<number> {
  let n = 0;
  for (let cursor: string | null = ''; cursor !== null;) {
    const at: string = cursor && `&cursor=${cursor}`;
    const page: { items: unknown[]; next_cursor: string | null } = await manage(
      'GET',
      `/deliveries?uncertain=true&limit=100${at}`,
    );
    n += page.items.length;
    cursor = page.next_cursor;
  }
  return n;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { readTestConfig } from '../../src/config.ts';
import { testDatabase } from '../../src/db/test-database.ts';
import { freePort, killAll, startProgram } from './program.ts';
import { makeStage, type Stage } from './stage.ts';

/** Fewer than elsewhere: each life takes over the jobs of the one before, which takes its time. */
const kills = Math.ceil(readTestConfig().kills * 0.4);
/** Who is meant by each chapter, and is a member when each workflow is activated: some slices of them. */
const READERS = 600;
/** Who enters the segment by what they do, new ones in each life. */
const FRESH = 80;
const BATCH = 40;

const { pool, url } = await testDatabase();
afterAll(killAll);

/** What a client still has to send, by its name: it is repeated until it is answered. */
const toSend = new Map<string, () => Promise<void>>();

async function sendAll(isOver: () => boolean): Promise<void> {
  await Promise.all(
    [...toSend].map(async ([name, send]) => {
      while (!isOver()) {
        try {
          await send();
          toSend.delete(name);
          return;
        } catch (cause) {
          if (/: 4\d\d /.test(String(cause))) throw cause;
          await sleep(50);
        }
      }
    }),
  );
}

function track(
  stage: Stage,
  base: string,
  people: string[],
  event: string,
  properties: object = {},
): void {
  const call = (userId: string): object => ({
    type: 'track',
    userId,
    event,
    properties: { book: 'b1', ...properties },
    messageId: `${event}-${userId}`,
  });
  for (let from = 0; from < people.length; from += BATCH) {
    const batch = people.slice(from, from + BATCH);
    toSend.set(`${event} ${batch[0]}`, async () => {
      const answer = await fetch(`${base}/v1/batch`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${stage.writeKey}:`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ batch: batch.map(call) }),
      });
      if (!answer.ok) throw new Error(`POST /v1/batch: ${answer.status} ${await answer.text()}`);
    });
  }
}

/** A workflow of one block, published and not active yet. */
async function draw({ call }: Stage, name: string, start: object): Promise<string> {
  const { id } = await call<{ id: string }>('POST', '/workflows', {
    name,
    tags: [],
    definition: {
      language: 1,
      start,
      limits: { one_at_a_time: false },
      first: 'b1',
      blocks: { b1: { type: 'end' } },
    },
  });
  await call('POST', `/workflows/${id}/publish`);
  return id;
}

async function segmentOf({ call }: Stage, name: string, include: object): Promise<string> {
  const definition = { language: 1, include };
  const body = { name, kind: 'dynamic', definition };
  return (await call<{ id: string }>('POST', '/segments', body)).id;
}

const did = (event: string, more: object = {}): object => ({
  type: 'event',
  event,
  period: { kind: 'ever' },
  ...more,
});

interface Open {
  /** Events that nobody was found for, and members that were noted. */
  noted: number;
  /** Items and jobs on their way. */
  moving: number;
}

async function open(): Promise<Open> {
  const { rows } = await pool.query<Open>(
    `select (select count(*) from waiting_starts) + (select count(*) from job_contacts) as noted,
            (select count(*) from inbox) + (select count(*) from slot_queue)
          + (select count(*) from runs where ended_at is null)
          + (select count(*) from jobs where state in ('queued', 'running')) as moving`,
  );
  return rows[0]!;
}

async function settle(): Promise<void> {
  for (let quiet = 0; quiet < 2;) {
    const { noted, moving } = await open();
    quiet = noted + moving === 0 ? quiet + 1 : 0;
    await sleep(200);
  }
}

/** Runs by contact, and how many it has of each key. */
async function runsOf(workflow: string): Promise<{ people: number; runs: number; keys: number }> {
  const { rows } = await pool.query<{ people: number; runs: number; keys: number }>(
    `select count(distinct contact_id) as people, count(*) as runs,
            count(distinct (contact_id, key)) as keys
       from runs where workflow_id = $1 and state = 'completed'`,
    [workflow],
  );
  return rows[0]!;
}

const lives = Array.from({ length: kills + 1 }, (_, life) => life);
const readers = Array.from({ length: READERS }, (_, n) => `r${n}`);
const freshIn = (life: number) => Array.from({ length: FRESH }, (_, n) => `f${life}-${n}`);

test(
  `after ${kills} kills each event, entry and activation started everybody whom it means, once`,
  async () => {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const stage = await makeStage(pool, { slug: 'triggers', base });
    let program = startProgram({ url, port });
    await program.ready;
    track(stage, base, readers, 'BookStarted');
    await sendAll(() => false);
    const book = { param: 'book', op: 'equals', value: { $event: 'book' } };
    const meant = await segmentOf(
      stage,
      'Readers of the book',
      did('BookStarted', { where: book }),
    );
    const reading = await segmentOf(stage, 'Readers', did('BookStarted'));
    const opened = await segmentOf(stage, 'Opened', did('Opened'));
    await settle();
    const chapters = await draw(stage, 'Chapters', {
      type: 'event_segment',
      event: 'ChapterPublished',
      segment: meant,
      key: 'chapter',
    });
    const entries = await draw(stage, 'Entries', {
      type: 'segment',
      segment: opened,
      mode: 'entry',
    });
    for (const id of [chapters, entries]) await stage.call('POST', `/workflows/${id}/activate`);
    const existing: string[] = [];
    for (const life of lives) {
      const start = { type: 'segment', segment: reading, mode: 'entry', existing: true };
      existing.push(await draw(stage, `Members ${life}`, start));
    }

    let struck = 0;
    for (const life of lives) {
      // Its author reads no books: the chapter is for others.
      track(stage, base, [`author${life}`], 'ChapterPublished', { chapter: `c${life}` });
      toSend.set(`members ${life}`, () =>
        stage.call('POST', `/workflows/${existing[life]}/activate`),
      );
      track(stage, base, freshIn(life), 'Opened');
      let over = false;
      const sending = sendAll(() => over);
      if (life === kills) {
        await sending;
        break;
      }
      // Sometimes as soon as something is noted, sometimes in the midst of what it starts.
      while ((await open()).noted === 0 && toSend.size > 0) await sleep(5);
      await sleep(Math.random() * (life % 2 === 0 ? 30 : 600));
      await program.kill();
      over = true;
      await sending;
      const { noted, moving } = await open();
      struck += Number(noted + moving > 0);
      program = startProgram({ url, port });
      await program.ready;
    }
    await settle();
    await program.stop();

    expect(struck).toBeGreaterThan(0);
    expect(await runsOf(chapters)).toEqual({
      people: READERS,
      runs: READERS * lives.length,
      keys: READERS * lives.length,
    });
    const fresh = FRESH * lives.length;
    expect(await runsOf(entries)).toEqual({ people: fresh, runs: fresh, keys: fresh });
    for (const id of existing) {
      expect(await runsOf(id)).toEqual({ people: READERS, runs: READERS, keys: READERS });
    }
    const { rows } = await pool.query<{ entered: number; people: number }>(
      `select count(*) as entered, count(distinct contact_id) as people
         from events e join event_types t on t.id = e.event_type_id
        where t.key = 'SegmentEntered' and e.key = $1`,
      [opened],
    );
    expect(rows[0]).toEqual({ entered: fresh, people: fresh });
  },
  120_000 + kills * 15_000,
);

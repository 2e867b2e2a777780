/**
 * Whatever is sent to the calls that take facts in: no answer is a 500, all that was taken is
 * applied, refused with a reason, or among the dead events with one; nothing is left waiting.
 *
 * `npm run test:fuzz -- --runs 100000` for longer, `--seed N` to repeat a run.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTestConfig } from '../../src/config.ts';
import { readResults } from '../../src/inbox/index.ts';
import { broken, nearly } from './mutations.ts';
import { requests, type Request } from './requests.ts';
import type { Answer } from '../../src/http/test-answer.ts';
import { basic, testDoor } from './test-door.ts';

const { fuzzRuns, fuzzSeed } = readTestConfig();
const { pool, drain, advance, newPlace, send, takeTaken } = await testDoor({ tickets: true });
const place = await newPlace();

interface Fuzzed extends Omit<Request, 'body'> {
  text: string;
}

const texts: fc.Arbitrary<Fuzzed> = fc
  .constantFrom(...requests)
  .chain(({ method, url, body }) =>
    fc
      .oneof(
        { weight: 8, arbitrary: nearly(body).map(stringify) },
        { weight: 1, arbitrary: fc.json() },
        { weight: 1, arbitrary: broken(JSON.stringify(body)) },
      )
      .map((text) => ({ method, url, text })),
  );

function stringify(body: unknown): string {
  return JSON.stringify(body) ?? '';
}

const tally = { answered: 0, taken: 0, applied: 0, refused: 0, dead: 0 };

test(
  `seed ${fuzzSeed}: every call is answered, and all that it took is accounted for`,
  { timeout: 60_000 + fuzzRuns * 1000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 5 }), async (calls) => {
        for (const call of calls) await sendOne(call);
        await drain();
        await account();
      }),
      { numRuns: fuzzRuns, seed: fuzzSeed, endOnFailure: fuzzRuns > 1000 },
    );
    expect(tally.taken).toBe(tally.applied + tally.refused + tally.dead);
    expect(tally.applied).toBeGreaterThan(fuzzRuns / 4);
    expect(await rowsOf('dead_events')).toBe(tally.dead);
    // Contacts in bulk have no tickets of their own; their sessions know what became of them.
    expect(await rowsOf('import_results')).toBe(await contactsOfSessions());
    // oxlint-disable-next-line no-console -- how much was tried is what a long run is for
    console.log(`seed ${fuzzSeed}: ${JSON.stringify(tally)}`);
  },
);

async function sendOne({ method, url, text }: Fuzzed): Promise<void> {
  advance(61_000);
  const { writeKey, restKey } = place;
  const answer = await send({
    method,
    url,
    headers: {
      ...(url.startsWith('/api') ? basic('any', restKey) : basic(writeKey, '')),
      'content-type': 'application/json',
    },
    payload: text,
  });
  tally.answered += 1;
  const said = `${method} ${url} ${text}: ${answer.status} ${JSON.stringify(answer.body)}`;
  expect(answer.status, said).toBeLessThan(500);
  if (!url.startsWith('/api')) expectWords(answer, said);
}

/** A refusal of the tracking API says what was wrong, and where. */
function expectWords({ status, body }: Answer, said: string): void {
  const { success, errors } = body as { success: boolean; errors?: { message: string }[] };
  expect(success, said).toBe(status === 200 && errors === undefined);
  if (!success) {
    expect(errors?.length, said).toBeGreaterThan(0);
    for (const { message } of errors!) expect(message, said).toMatch(/\w/);
  }
}

async function account(): Promise<void> {
  const taken = takeTaken();
  const tickets = taken.map(({ ticket }) => ticket);
  const results = await readResults(pool, { tickets });
  const outcomes = new Map(results.map(({ ticket, outcome }) => [ticket, outcome]));
  for (const { ticket, kind } of taken) {
    const outcome = outcomes.get(ticket);
    expect(outcome, `nothing became of an item of the kind ${kind}`).toBeDefined();
    if (outcome!.ok) tally.applied += 1;
    else if (await isDead(ticket)) tally.dead += 1;
    else tally.refused += 1;
    if (!outcome!.ok) expect(outcome!.message).toMatch(/\w/);
    tally.taken += 1;
  }
  expect(await rowsOf('inbox')).toBe(0);
  expect(await rowsOf('slot_queue')).toBe(0);
}

async function isDead(ticket: string): Promise<boolean> {
  const { rows } = await pool.query(
    `select 1 from dead_events where item like '%' || $1 || '%' and detail <> ''`,
    [ticket],
  );
  return rows.length > 0;
}

async function rowsOf(table: 'inbox' | 'slot_queue' | 'dead_events' | 'import_results') {
  const { rows } = await pool.query<{ n: number }>(`select count(*) as n from ${table}`);
  return rows[0]!.n;
}

async function contactsOfSessions(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select coalesce(sum(contacts), 0)::bigint as n from import_sessions`,
  );
  return rows[0]!.n;
}

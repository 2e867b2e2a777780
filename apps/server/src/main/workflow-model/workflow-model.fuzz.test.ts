/**
 * The engine of workflows against a small reference engine: random workflows and random facts, taken
 * in random batches, must come to the same runs, paths, times, sends, refusals and fields.
 *
 * `npm run test:fuzz -- --runs 20000` for longer, `--seed N` to repeat a run.
 */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readTestConfig } from '../../config.ts';
import { testDatabase } from '../../db/test-database.ts';
import { workflowPipeline } from '../test-workflows.ts';
import { startPeer } from './test-peer.ts';
import { compare } from './test-compare.ts';
import { BATCHINGS, NAMED_CASES, STOPPED, STOPPED_CASES } from './test-named-cases.ts';
import { anyBatching, anyScenario } from './test-scenario.ts';
import { createTally } from './test-tally.ts';

const { fuzzRuns, fuzzSeed } = readTestConfig();
/** A case is some hundred batches. */
const CASES = Math.ceil(fuzzRuns / 20);

const { pool } = await testDatabase();
const pipeline = await workflowPipeline(pool);
const peer = await startPeer();
const stage = { pool, pipeline, peer };
afterAll(() => peer.close());

test(
  `seed ${fuzzSeed}: whatever the batches, the engine does what the reference says`,
  { timeout: 60_000 + CASES * 30_000 },
  async () => {
    const tried = { runs: 0, steps: 0, raced: 0 };
    const tally = createTally();
    await fc.assert(
      fc.asyncProperty(anyScenario, anyBatching, async (scenario, batching) => {
        const { runs, steps, raced, happened } = await compare(stage, { scenario, batching });
        tally.add(happened);
        tried.runs += runs;
        tried.steps += steps;
        tried.raced += raced;
      }),
      // To shrink what fails takes minutes, and time-outs of the tests after it.
      { numRuns: CASES, seed: fuzzSeed, endOnFailure: true },
    );
    // Cases in which nothing happens would agree on anything.
    expect(tried.runs).toBeGreaterThan(4 * CASES);
    expect(tried.steps).toBeGreaterThan(8 * CASES);
    expect(tried.raced).toBeLessThan(2 * CASES);
    expect(tally.missing(CASES), 'what hardly happened, and how often').toEqual({});
  },
);

test.each(Object.entries(NAMED_CASES))('%s', async (_name, scenario) => {
  for (const batching of BATCHINGS) {
    expect((await compare(stage, { scenario, batching })).runs).toBeGreaterThan(0);
  }
});

test.each(Object.entries(STOPPED_CASES))('%s, after a stop', async (_name, scenario) => {
  expect((await compare(stage, { scenario, batching: STOPPED })).runs).toBeGreaterThan(0);
});

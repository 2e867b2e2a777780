import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTestConfig } from '../config.ts';
import { testDatabase } from '../db/test-database.ts';
import { createLive } from '../evaluation/index.ts';
import { createEventTypes } from '../events/index.ts';
import { readRuns } from '../runs/index.ts';
import { playStory, story } from './test-live-agreement.ts';
import { testPipeline } from './test-pipeline.ts';

const { pool } = await testDatabase();
const slots = 8;
// Of all workspaces, so it is kept from one story to the next.
const live = createLive({ eventTypes: createEventTypes(pool), slots, readRuns });
const pipeline = await testPipeline(pool, {
  clock: () => new Date(Date.UTC(2026, 9, 1)),
  slots,
  parts: { live },
});

/** A story is some hundred comparisons. More with `npm run test:agreement -- --cases N --seed N`. */
const { agreementCases, fuzzSeed } = readTestConfig();
const STORIES = Math.ceil(agreementCases / 25);

test(
  'members that are kept are those that the interpreter finds, however facts were batched',
  async () => {
    let moves = 0;
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        moves += await playStory(pool, pipeline, told);
      }),
      { numRuns: STORIES, seed: fuzzSeed, endOnFailure: STORIES > 100 },
    );
    // Stories in which nobody goes anywhere would agree on anything.
    expect(moves).toBeGreaterThan(2 * STORIES);
  },
  60_000 + STORIES * 10_000,
);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTestConfig } from '../config.ts';
import { testDatabase } from '../db/test-database.ts';
import { createLive } from '../evaluation/index.ts';
import { createEventTypes } from '../events/index.ts';
import { aroundContacts } from '../main/around-contacts.ts';
import { readRuns } from '../runs/index.ts';
import { playStory, story } from './test-live-agreement.ts';
import { testPipeline } from './test-pipeline.ts';

const { pool } = await testDatabase();
const slots = 8;
/** A story is some hundred comparisons. More with `npm run test:agreement -- --cases N --seed N`. */
const { agreementCases, fuzzSeed } = readTestConfig();
const STORIES = Math.ceil(agreementCases / 25);

const lives = [
  { mostEvents: 1000, stories: STORIES },
  // Statements take their time.
  { mostEvents: 2, stories: Math.ceil(STORIES / 2) },
].map(({ mostEvents, stories }) => ({
  mostEvents,
  stories,
  // Of all workspaces, so it is kept from one story to the next.
  live: createLive({
    eventTypes: createEventTypes(pool),
    slots,
    readRuns,
    questions: aroundContacts.questions,
    mostEvents,
  }),
}));

test.each(lives)(
  'members are those that the interpreter finds, however facts were batched; more than $mostEvents events are counted in SQL',
  { timeout: 60_000 + STORIES * 10_000 },
  async ({ live, stories }) => {
    const clock = () => new Date(Date.UTC(2026, 9, 1));
    const pipeline = await testPipeline(pool, { clock, slots, parts: { live } });
    let moves = 0;
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        moves += await playStory(pool, pipeline, told);
      }),
      { numRuns: stories, seed: fuzzSeed, endOnFailure: stories > 10 },
    );
    // Stories in which nobody goes anywhere would agree on anything.
    expect(moves).toBeGreaterThan(2 * stories);
  },
);

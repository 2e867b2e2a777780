/**
 * The live evaluator against the reference interpreter and the sets, in stories of everything that
 * may happen to contacts; `story/test-deed.ts` says what that is.
 *
 * `npm run test:agreement -- --cases 100000` for longer, `--seed N` to repeat a run.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTestConfig } from '../config.ts';
import { createFieldCatalogue } from '../contacts/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { createLive } from '../evaluation/index.ts';
import { createEventTypes } from '../events/index.ts';
import { aroundContacts } from '../main/around-contacts.ts';
import { createEngine } from '../main/create-engine.ts';
import { readRuns } from '../runs/index.ts';
import { NAMED_STORIES } from './story/test-named-stories.ts';
import { playStory, story } from './story/test-play-story.ts';
import { testPipeline, type TestPipeline } from './test-pipeline.ts';
import { testRender } from '../messages/rendering/test-render.ts';

const { pool } = await testDatabase();
const slots = 8;
/** A story is some hundred comparisons. */
const { agreementCases, fuzzSeed } = readTestConfig();
const STORIES = Math.ceil(agreementCases / 25);

const eventTypes = createEventTypes(pool);
const fields = createFieldCatalogue();
const engine = createEngine({ eventTypes, fields, slots, render: testRender });

// Of all workspaces, so it is kept from one story to the next.
const createParts = (asked: { mostEvents?: number; crowd?: number }) => ({
  engine,
  types: eventTypes,
  catalogue: fields,
  live: createLive({
    eventTypes,
    slots,
    readRuns,
    questions: aroundContacts.questions,
    ...asked,
  }),
});

function pipelineOf(parts: ReturnType<typeof createParts>): Promise<TestPipeline> {
  return testPipeline(pool, { clock: () => new Date(Date.UTC(2026, 9, 1)), slots, parts });
}

const lives = [
  { what: 'what each contact did is read', asked: {}, stories: STORIES },
  // Statements take their time.
  {
    what: 'more than two events are counted in SQL',
    asked: { mostEvents: 2 },
    stories: Math.ceil(STORIES / 2),
  },
  {
    what: 'whoever is due is a crowd',
    asked: { crowd: 1 },
    stories: Math.ceil(STORIES / 2),
  },
].map(({ asked, ...live }) => ({ ...live, parts: createParts(asked) }));

describe.each(lives)('where $what', ({ parts, stories }) => {
  test(
    `seed ${fuzzSeed}: members are those that the interpreter finds, however facts were batched`,
    { timeout: 60_000 + stories * 30_000 },
    async () => {
      const pipeline = await pipelineOf(parts);
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

  test.each(Object.entries(NAMED_STORIES))('%s', async (_name, told) => {
    expect(await playStory(pool, await pipelineOf(parts), told)).toBeGreaterThan(0);
  });
});

import fc from 'fast-check';
import { test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { createLive } from '../evaluation/index.ts';
import { createEventTypes } from '../events/index.ts';
import { playStory, story } from './test-live-agreement.ts';
import { testPipeline } from './test-pipeline.ts';

const { pool } = await testDatabase();
const slots = 8;
// Of all workspaces, so it is kept from one story to the next.
const live = createLive({ eventTypes: createEventTypes(pool), slots });
const pipeline = await testPipeline(pool, { clock: () => new Date(0), slots, parts: { live } });

/** More with `npm run test:agreement -- --cases N`. */
const CASES = Number(process.env['AGREEMENT_CASES'] ?? 12);

test('members that are kept are those that the interpreter finds, however facts were batched', async () => {
  await fc.assert(
    fc.asyncProperty(story, (told) => playStory(pool, pipeline, told)),
    // A failure prints its seed and path; both can be given here.
    { numRuns: CASES },
  );
}, 3_600_000);

import { testRenderPool } from '../messages/rendering/test-render.ts';
import { afterAll } from 'vitest';
import { testApp } from '../http/test-app.ts';
import {
  createInbox,
  LANES,
  type Identifier,
  type InboxItem,
  type JsonObject,
} from '../inbox/index.ts';
import { previewEvent } from '../pipeline/preview-event.ts';
import { testPipeline } from '../pipeline/test-pipeline.ts';
import { requestErasure } from '../pipeline/erase/request-erasure.ts';
import {
  activityRoutes,
  consentRoutes,
  countActivity,
  fieldUsageRoutes,
  findConsequences,
} from '../reports/index.ts';
import { evaluationRoutes } from '../evaluation/index.ts';
import { readRuns } from '../runs/index.ts';
import { workspaceRoutes } from '../workspaces/index.ts';
import { findUsingCategory, recomputeMeant, segmentRoutes } from '../segments/index.ts';
import { findSegmentUses, workflowRoutes } from '../workflows/index.ts';
import { categoryRoutes } from '../categories/index.ts';
import { findSuppressions, suppressionRoutes } from '../suppressions/index.ts';
import { writeAudit } from '../audit/index.ts';
import { jobRoutes } from '../jobs/index.ts';
import { doSlice } from '../jobs/do-work.ts';
import { aroundContacts, settle } from '../main/around-contacts.ts';
import { findTypeUses } from '../main/find-type-uses.ts';
import { longWork } from '../main/long-work.ts';
import { mergeRoutes } from '../pipeline/index.ts';
import { contactRoutes } from './routes.ts';

const TEST_SLOTS = 8;
import { orderRoutes } from '../orders/index.ts';
import {
  createErrorTally,
  eventRoutes,
  pastDeletion,
  rangeDeletion,
  typeDeletion,
} from '../events/index.ts';
import { workKinds } from '../jobs/index.ts';
import { createSecretBox } from '../secret/index.ts';

const kinds = workKinds([typeDeletion, pastDeletion, rangeDeletion]);

/**
 * The calls about contacts and events over a database and a pipeline of their own: whoever waits
 * for an item makes the pipeline work.
 */
export async function testContacts() {
  const app = await testApp({
    routes: () => {
      const parts = {
        clock: () => app.clock.now(),
        results: { wait: (ticket: string) => pipeline.results.wait(ticket) },
      };
      return [
        ...contactRoutes({ ...parts, ...aroundContacts, countActivity, requestErasure }),
        ...jobRoutes({ kinds: longWork, writeAudit }),
        ...segmentRoutes({ ...parts, findSuppressions, findSegmentUses, settle }),
        ...evaluationRoutes({ ...aroundContacts, settle, readRuns }),
        ...workspaceRoutes({ onMeantChange: recomputeMeant }),
        ...workflowRoutes({ settle, box: createSecretBox('test'), renderPool: testRenderPool }),
        ...eventRoutes({
          ...parts,
          findConsequences,
          findEventUses: findTypeUses,
          kinds,
          previewEvent,
          errorTally: { add: (unfit, n) => errorTally.add(unfit, n) },
          countryOf: async () => undefined,
        }),
        ...activityRoutes,
        ...fieldUsageRoutes,
        ...orderRoutes,
        ...mergeRoutes(parts),
        ...consentRoutes,
        ...categoryRoutes({ findCategoryUses: findUsingCategory }),
        ...suppressionRoutes({ slots: TEST_SLOTS }),
      ];
    },
  });
  const { pool, clock, workspace } = app;
  const errorTally = createErrorTally({ pool, clock: clock.now, onError: () => {} });
  afterAll(() => errorTally.close());
  const pipeline = await testPipeline(pool, {
    clock: clock.now,
    slots: TEST_SLOTS,
    parts: { onFacts: errorTally.observe },
  });

  /** As clients send them: in the stream lane, each a second after the last. */
  async function send(items: InboxItem[], { workspaceId = workspace.id } = {}): Promise<void> {
    const inbox = createInbox({ pool, clock: clock.now });
    await inbox.append({ workspaceId, lane: LANES.stream, items });
    await inbox.close();
    await pipeline.drain();
    clock.advance(1000);
  }

  function identify(ids: Identifier[], fields: JsonObject = {}): InboxItem {
    const own = Object.fromEntries(ids.filter(([kind]) => kind === 'email' || kind === 'phone'));
    const at = clock.now().getTime();
    return { kind: 'identify', ids, at, source: 'identify', fields: { ...own, ...fields } };
  }

  function track(
    ids: Identifier[],
    event: string,
    {
      at = clock.now().getTime(),
      params = {},
      ...more
    }: { at?: number; params?: JsonObject; key?: string } = {},
  ): InboxItem {
    return {
      kind: 'event',
      ids,
      at,
      source: 'sdk',
      event,
      params,
      ownTime: true,
      createContact: ids.length > 0,
      ...more,
    };
  }

  /** Does a job to its end, and all that it hands over. */
  async function finishJob(id: string): Promise<void> {
    const stopping = new AbortController().signal;
    const work = { pool, kinds: longWork, clock: clock.now, stopping };
    for (let outcome = ''; outcome !== 'finished' && outcome !== 'ended';) {
      outcome = await doSlice(work, { id: Number(id) });
      if (outcome === 'taken') throw new Error(`job ${id} has ended`);
      if (outcome === 'look again') await pipeline.drain();
    }
    clock.advance(1000);
  }

  /** The ID of the contact with this external ID. */
  async function idOf(externalId: string): Promise<string> {
    const { rows } = await pool.query<{ id: number }>(
      `select contact_id as id from identifiers where kind = 'external_id' and value = $1`,
      [externalId],
    );
    return String(rows[0]?.id);
  }

  return {
    errorTally,
    ...app,
    pipeline,
    send,
    identify,
    track,
    idOf,
    finishJob,
  };
}

import {
  idParams,
  newTestLaunchSchema,
  pageOf,
  testLaunchListItemSchema,
  testLaunchSchema,
  testMoveSchema,
  type Right,
} from '@perennial/contracts';
import { z } from 'zod';
import { createFieldCatalogue } from '../../contacts/index.ts';
import type { Pool } from '../../db/index.ts';
import {
  defineRoute,
  notFound,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../../http/index.ts';
import type { RenderPool } from '../../messages/index.ts';
import type { Rights } from '../../users/index.ts';
import { readWorkflow } from '../../workflows/index.ts';
import { advanceTest, stopTest } from './advance-test.ts';
import { beginTest } from './begin-test.ts';
import { findTest, listTests, type TestRow } from './queries.ts';
import { showTest, showTestItem } from './show-test.ts';
import type { TestParts } from './parts.ts';

/** The calls about test launches. */
export function testLaunchRoutes({
  clock,
  renderPool,
  ...given
}: Pick<TestParts, 'slots' | 'callEgress' | 'box'> & {
  clock: () => Date;
  renderPool: Pick<RenderPool, 'render'>;
}): ManageRoute[] {
  const fields = createFieldCatalogue();
  const partsOf = (pool: Pool): TestParts => ({
    ...given,
    pool,
    fields,
    render: renderPool.render,
  });

  const begin = defineRoute({
    method: 'POST',
    url: '/workflows/:id/tests',
    right: 'workflows.write',
    summary: 'Try a workflow out for one contact',
    description:
      'The draft, or a published version, goes through its blocks for one contact. Messages go to the sandbox or ' +
      'to a test address, and nothing else is written, nor are webhooks called unless `webhooks` says so: what ' +
      'blocks would do is told with each step. A test address needs the right to send messages, calls the ' +
      'right to read personal data, and all of it the right to see contacts.',
    params: idParams,
    body: newTestLaunchSchema,
    response: testLaunchSchema,
    status: 201,
    example: { body: { contact: '1', params: { plan: 'pro' } } },
    async handler({ db, by, workspace, rights, params, body }) {
      requireRight(rights, 'contacts.read', 'see contacts');
      if (body.deliver !== 'sandbox') requireRight(rights, 'messages.send', 'send messages');
      // Who must not see a contact's data must not have it sent somewhere, either.
      if (body.webhooks === 'call')
        requireRight(rights, 'contacts.read_personal', 'see personal data');
      const row = await beginTest(partsOf(db), {
        workspaceId: workspace.id,
        workflowId: params.id,
        by,
        now: clock(),
        asked: body,
      });
      return showTest(row, { rights, now: clock() });
    },
  });

  const list = defineRoute({
    method: 'GET',
    url: '/workflows/:id/tests',
    right: 'contacts.read',
    summary: 'List the test launches of a workflow, newest first',
    description: 'They are kept for 30 days.',
    params: idParams,
    query: z.object(pageQuery(z.tuple([z.int()]))),
    response: pageOf(testLaunchListItemSchema),
    handler: async ({ db, workspace, rights, params, query }) => {
      await readWorkflow(db, { workspaceId: workspace.id, ...params });
      const rows = await listTests(db, {
        workflowId: params.id,
        before: query.cursor?.[0],
        limit: query.limit + 1,
      });
      const page = pageFrom(rows, { limit: query.limit, position: ({ id }) => [id] });
      return { ...page, items: page.items.map((row) => showTestItem(row, rights)) };
    },
  });

  const read = defineRoute({
    method: 'GET',
    url: '/workflows/tests/:id',
    right: 'contacts.read',
    summary: 'Read a test launch with its path and what its blocks would do',
    params: idParams,
    response: testLaunchSchema,
    handler: async ({ db, workspace, rights, params }) =>
      showTest(await requireTest(db, { workspaceId: workspace.id, ...params }), {
        rights,
        now: clock(),
      }),
  });

  const move = defineRoute({
    method: 'POST',
    url: '/workflows/tests/:id/next',
    right: 'workflows.write',
    summary: 'Let a test launch take its next step, or go on to its end',
    description: 'What it waits for is passed over, or happens if the call says so.',
    params: idParams,
    body: testMoveSchema,
    response: testLaunchSchema,
    example: { body: { pace: 'step' } },
    async handler({ db, workspace, rights, params, body }) {
      requireRight(rights, 'contacts.read', 'see contacts');
      const found = await requireTest(db, { workspaceId: workspace.id, ...params });
      requireOpen(found);
      const row = await advanceTest(partsOf(db), {
        contactId: found.contact_id,
        id: found.id,
        now: clock(),
        move: body,
      });
      return showTest(row ?? found, { rights, now: clock() });
    },
  });

  const stop = defineRoute({
    method: 'POST',
    url: '/workflows/tests/:id/stop',
    right: 'workflows.write',
    summary: 'End a test launch',
    params: idParams,
    response: testLaunchSchema,
    async handler({ db, workspace, rights, params }) {
      requireRight(rights, 'contacts.read', 'see contacts');
      const found = await requireTest(db, { workspaceId: workspace.id, ...params });
      const which = { contactId: found.contact_id, id: found.id, now: clock() };
      const row = await stopTest(partsOf(db), which);
      return showTest(row ?? found, { rights, now: clock() });
    },
  });

  return [begin, list, read, move, stop];
}

function requireRight(rights: Rights, right: Right, verb: string): void {
  if (rights.has(right)) return;
  throw new Problem('forbidden', { detail: `Needs the right to ${verb} (${right}).` });
}

async function requireTest(db: Pool, which: { workspaceId: number; id: number }): Promise<TestRow> {
  const row = await findTest(db, which);
  if (!row) throw notFound('test launch');
  return row;
}

function requireOpen({ ended_at }: TestRow): void {
  if (ended_at !== null) throw new Problem('conflict', { detail: 'The test launch has ended.' });
}

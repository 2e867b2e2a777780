import { blockVariantsSchema, idSchema } from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, type Db } from '../db/index.ts';
import { Content, contentSchema, defineRoute, notFound, type ManageRoute } from '../http/index.ts';
import { findChoosingBlock } from './find-block.ts';
import { showVariants } from './show-variants.ts';
import { pauseVariant, resetLearning, undoReset } from './steer-learning.ts';
import { variantsCsv } from './variants-csv.ts';

const blockParams = z.object({ id: idSchema, block: z.string().min(1).max(40) });
const variantParams = blockParams.extend({ message: idSchema });
const machines = z.enum(['true', 'false']).optional();

type BlockParams = z.output<typeof blockParams>;

async function show(
  db: Db,
  {
    workspaceId,
    id,
    block,
    machines = false,
    now,
  }: BlockParams & { workspaceId: number; machines?: boolean; now: Date },
) {
  const settings = await findChoosingBlock(db, { workspaceId, id, block });
  return showVariants(db, { workspaceId, workflowId: id, block, settings, machines, now });
}

const read = defineRoute({
  method: 'GET',
  url: '/workflows/:id/blocks/:block/variants',
  right: 'member',
  summary: 'Show what a block that chooses a message has learnt of its variants',
  description:
    'Counts begin with the last reset. What machines opened or clicked is left out unless `machines=true`; nothing is ' +
    'ever learnt from it.',
  params: blockParams,
  query: z.object({ machines }),
  response: blockVariantsSchema,
  handler: ({ db, by, workspace, params, query }) =>
    show(db, {
      workspaceId: workspace.id,
      ...params,
      machines: query.machines === 'true',
      now: by.at,
    }),
});

const download = defineRoute({
  method: 'GET',
  url: '/workflows/:id/blocks/:block/variants/file',
  right: 'member',
  summary: 'Download the variants of a block as CSV',
  params: blockParams,
  query: z.object({ machines }),
  response: contentSchema,
  handler: async ({ db, by, workspace, params, query }) => {
    const shown = await show(db, {
      workspaceId: workspace.id,
      ...params,
      machines: query.machines === 'true',
      now: by.at,
    });
    const name = `variants-${params.id}-${params.block}.csv`;
    return new Content('text/csv; charset=utf-8', variantsCsv(shown), {
      'content-disposition': `attachment; filename="${name}"`,
    });
  },
});

function pauseRoute(verb: 'pause' | 'resume', summary: string): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: `/workflows/:id/blocks/:block/variants/:message/${verb}`,
    right: 'workflows.launch',
    summary,
    params: variantParams,
    response: blockVariantsSchema,
    handler: ({ db, by, workspace, params: { message: messageId, ...params } }) =>
      inTransaction(db, async (tx) => {
        const now = by.at;
        const { variants } = await show(tx, { workspaceId: workspace.id, ...params, now });
        if (!variants.some(({ message }) => message === messageId)) throw notFound('variant');
        const ref = { workflowId: params.id, block: params.block };
        await pauseVariant(tx, { by, ...ref, messageId, paused: verb === 'pause' });
        return show(tx, { workspaceId: workspace.id, ...params, now });
      }),
  });
}

function learningRoute(
  verb: 'reset' | 'undo_reset',
  act: typeof resetLearning,
  { summary, description }: { summary: string; description: string },
): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: `/workflows/:id/blocks/:block/variants/${verb}`,
    right: 'workflows.launch',
    summary,
    description,
    params: blockParams,
    response: blockVariantsSchema,
    handler: ({ db, by, workspace, params }) =>
      inTransaction(db, async (tx) => {
        await findChoosingBlock(tx, { workspaceId: workspace.id, ...params });
        await act(tx, { by, workflowId: params.id, block: params.block });
        return show(tx, { workspaceId: workspace.id, ...params, now: by.at });
      }),
  });
}

/** The calls about blocks that choose a message. */
export const variantRoutes: ManageRoute[] = [
  read,
  download,
  pauseRoute('pause', 'Let a block not choose a message any more'),
  pauseRoute('resume', 'Let a block choose a message again'),
  learningRoute('reset', resetLearning, {
    summary: 'Let a block learn anew',
    description: 'What it learnt is kept, for an undo.',
  }),
  learningRoute('undo_reset', undoReset, {
    summary: 'Let what a block learnt before its last reset count again',
    description: 'With what it has learnt since.',
  }),
];

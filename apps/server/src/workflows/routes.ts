import {
  idParams,
  newWorkflowSchema,
  pageOf,
  workflowChangeSchema,
  workflowCheckSchema,
  workflowListItemSchema,
  workflowSchema,
  workflowStateSchema,
  workflowVerdictSchema,
  workflowVersionListItemSchema,
  workflowVersionSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction } from '../db/index.ts';
import { defineRoute, notFound, pageFrom, pageQuery, type ManageRoute } from '../http/index.ts';
import type { RenderPool } from '../messages/index.ts';
import type { SecretBox } from '../secret/index.ts';
import type { Settle } from '../segments/index.ts';
import { checkDefinition } from './check-definition.ts';
import { publishWorkflow } from './publish-workflow.ts';
import { findVersion, listVersions, listWorkflows } from './queries.ts';
import { changeWorkflow, createWorkflow, readWorkflow } from './save-workflow.ts';
import { sealSecrets } from './secrets.ts';
import { setWorkflowState, type Turn } from './set-workflow-state.ts';
import { showWorkflow, showWorkflows } from './show-workflow.ts';

type Compile = RenderPool['compile'];

export interface WorkflowRouteParts {
  settle: Settle;
  /** Seals secrets of webhook blocks. */
  box: SecretBox;
  /** Reads the Liquid of blocks' settings. */
  renderPool: Pick<RenderPool, 'compile'>;
}

/** A thousand blocks with long conditions. */
const DEFINITION_LIMIT = 2 * 1024 * 1024;

const example = {
  name: 'Welcome',
  definition: {
    language: 1,
    start: { type: 'event', event: 'SignedUp' },
    first: 'b1',
    blocks: { b1: { type: 'timer', wait: { n: 1, unit: 'day' } } },
  },
};

const SECRETS =
  'Secrets of webhook blocks that are given as text are sealed: the definition shows their numbers ever after.';

const list = defineRoute({
  method: 'GET',
  url: '/workflows',
  right: 'member',
  summary: 'List workflows, newest first',
  query: z.object({
    ...pageQuery(z.tuple([z.int()])),
    search: z.string().max(200).optional(),
    state: workflowStateSchema.optional(),
  }),
  response: pageOf(workflowListItemSchema),
  handler: async ({ db, workspace, query }) => {
    const rows = await listWorkflows(db, {
      workspaceId: workspace.id,
      search: query.search,
      state: query.state,
      before: query.cursor?.[0],
      limit: query.limit + 1,
    });
    const page = pageFrom(rows, { limit: query.limit, position: ({ id }) => [id] });
    return { ...page, items: await showWorkflows(db, page.items) };
  },
});

function createRoute(box: SecretBox): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: '/workflows',
    right: 'workflows.write',
    summary: 'Create a workflow as a draft',
    description: SECRETS,
    body: newWorkflowSchema,
    bodyLimit: DEFINITION_LIMIT,
    response: workflowSchema,
    status: 201,
    example: { body: example },
    handler: ({ db, by, workspace: { id: workspaceId }, body }) =>
      inTransaction(db, async (tx) => {
        const { definition: given } = body;
        const sealing = { workspaceId, definition: given, now: by.at };
        const definition = await sealSecrets(tx, box, sealing);
        return showWorkflow(tx, await createWorkflow(tx, { workspaceId, by, ...body, definition }));
      }),
  });
}

const read = defineRoute({
  method: 'GET',
  url: '/workflows/:id',
  right: 'member',
  summary: 'Read a workflow with its draft and its published version',
  params: idParams,
  response: workflowSchema,
  handler: async ({ db, workspace, params }) =>
    showWorkflow(db, await readWorkflow(db, { workspaceId: workspace.id, ...params })),
});

function changeRoute(box: SecretBox): ManageRoute {
  return defineRoute({
    method: 'PATCH',
    url: '/workflows/:id',
    right: 'workflows.write',
    summary: "Change a workflow's draft, name or tags",
    description: `Runs go on as before: what they follow is changed by publishing. With \`revision\`, a draft that somebody else has changed since is not overwritten: the answer is 409. ${SECRETS}`,
    params: idParams,
    body: workflowChangeSchema,
    bodyLimit: DEFINITION_LIMIT,
    response: workflowSchema,
    example: { body: { name: 'Welcome, again' } },
    handler: ({ db, by, workspace: { id: workspaceId }, params, body }) =>
      inTransaction(db, async (tx) => {
        const { definition: given } = body;
        const definition =
          given && (await sealSecrets(tx, box, { workspaceId, definition: given, now: by.at }));
        const changed = await changeWorkflow(tx, {
          workspaceId,
          by,
          ...params,
          ...body,
          definition,
        });
        return showWorkflow(tx, changed);
      }),
  });
}

function validateRoute(compile: Compile): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: '/workflows/validate',
    right: 'member',
    summary: 'Check a definition as publishing would, without saving it',
    body: workflowCheckSchema,
    bodyLimit: DEFINITION_LIMIT,
    response: workflowVerdictSchema,
    example: { body: { definition: example.definition } },
    handler: async ({ db, workspace, body }) => {
      const { errors, warnings } = await checkDefinition(db, {
        workspaceId: workspace.id,
        definition: body.definition,
        compile,
      });
      return { valid: errors.length === 0, errors: [...errors], warnings: [...warnings] };
    },
  });
}

const versions = defineRoute({
  method: 'GET',
  url: '/workflows/:id/versions',
  right: 'member',
  summary: 'List the versions of a workflow, newest first',
  params: idParams,
  query: z.object(pageQuery(z.tuple([z.int()]))),
  response: pageOf(workflowVersionListItemSchema),
  handler: async ({ db, workspace, params, query }) => {
    const { id } = await readWorkflow(db, { workspaceId: workspace.id, ...params });
    const rows = await listVersions(db, {
      workflowId: id,
      before: query.cursor?.[0],
      limit: query.limit + 1,
    });
    return pageFrom(rows, { limit: query.limit, position: ({ version }) => [version] });
  },
});

const version = defineRoute({
  method: 'GET',
  url: '/workflows/:id/versions/:version',
  right: 'member',
  summary: 'Read a version of a workflow as it was published',
  params: idParams.extend({
    version: z.coerce
      .number()
      .int()
      .min(1)
      .max(2 ** 31 - 1),
  }),
  response: workflowVersionSchema,
  handler: async ({ db, workspace, params }) => {
    const { id } = await readWorkflow(db, { workspaceId: workspace.id, id: params.id });
    const found = await findVersion(db, { workflowId: id, version: params.version });
    if (!found) throw notFound('version');
    return found;
  },
});

function publishRoute(settle: Settle, compile: Compile): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: '/workflows/:id/publish',
    right: 'workflows.write',
    summary: 'Make the draft the version that new runs follow',
    params: idParams,
    response: workflowSchema,
    handler: ({ db, by, workspace, params }) =>
      inTransaction(db, async (tx) =>
        showWorkflow(
          tx,
          await publishWorkflow(tx, { workspaceId: workspace.id, by, settle, compile, ...params }),
        ),
      ),
  });
}

function turnRoute(verb: string, turn: Turn, summary: string): ManageRoute {
  return defineRoute({
    method: 'POST',
    url: `/workflows/:id/${verb}`,
    right: 'workflows.launch',
    summary,
    params: idParams,
    response: workflowSchema,
    handler: ({ db, by, workspace, params }) =>
      inTransaction(db, async (tx) =>
        showWorkflow(
          tx,
          await setWorkflowState(tx, { workspaceId: workspace.id, by, ...turn, ...params }),
        ),
      ),
  });
}

/** The calls about workflows; archiving, which ends runs, is a call of theirs. */
export function workflowRoutes({ settle, box, renderPool }: WorkflowRouteParts): ManageRoute[] {
  const compile: Compile = (content) => renderPool.compile(content);
  return [
    list,
    createRoute(box),
    validateRoute(compile),
    read,
    changeRoute(box),
    versions,
    version,
    publishRoute(settle, compile),
    turnRoute('activate', { state: 'active', settle }, 'Let a published workflow start runs'),
    turnRoute(
      'pause',
      { state: 'paused' },
      'Start nothing and let no run take a step, until activated',
    ),
  ];
}

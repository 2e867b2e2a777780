import { parseWorkflow, type WorkflowDefinition } from '@perennial/blocks';
import type { workflowMovePreviewSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { writeAudit } from '../../audit/index.ts';
import type { Db, Tx } from '../../db/index.ts';
import { notFound, Problem, type Origin } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { enqueueJob, type JobRow } from '../../jobs/index.ts';
import { findVersion, readWorkflow, type WorkflowWithTags } from '../../workflows/index.ts';
import { countStanding, countSteered, type SteeredRuns } from './steer-work-queries.ts';
import { keptSelection, STEER_RUNS, type Selection, type Steering } from './steer-work.ts';

interface Wish {
  workspaceId: number;
  /** Of the workflow. */
  id: number;
  by: Origin;
}

/** Begins to end all active runs of a workflow, or to retry all that failed. */
export async function beginSteering(
  tx: Tx,
  { what, selection, ...wish }: Wish & { what: Exclude<Steering, 'move'>; selection: Selection },
): Promise<JobRow> {
  const workflow = await readWorkflow(tx, { ...wish, lock: true });
  if (what === 'retry' && workflow.state !== 'active' && workflow.state !== 'paused') {
    throw new Problem('conflict', { detail: 'Runs go on in an active workflow alone.' });
  }
  const total = await countSteered(tx, meantBy({ what, selection, workflow, until: wish.by.at }));
  const input = { what, selection: keptSelection(selection) };
  return begin(tx, wish, workflow, { input, total });
}

/** How many runs would be ended, or retried. */
export async function previewSteering(
  db: Db,
  {
    workspaceId,
    id,
    ...asked
  }: { workspaceId: number; id: number; until: Date } & Omit<Meant, 'workflow'>,
): Promise<number> {
  const workflow = await readWorkflow(db, { workspaceId, id });
  return countSteered(db, meantBy({ workflow, ...asked }));
}

interface Meant {
  what: Exclude<Steering, 'move'>;
  selection: Selection;
  workflow: Pick<WorkflowWithTags, 'id'>;
  until: Date;
}

function meantBy({ what, selection, workflow, until }: Meant): SteeredRuns {
  return {
    ...selection,
    workflowId: workflow.id,
    state: what === 'retry' ? 'failed' : 'active',
    until,
  };
}

/** Begins to move the runs of a version to the published one. */
export async function beginMoving(
  tx: Tx,
  { from, blocks, ...wish }: Wish & { from: number; blocks: Record<string, string | null> },
): Promise<JobRow> {
  const workflow = await readWorkflow(tx, { ...wish, lock: true });
  const preview = await previewMove(tx, { workflow, from });
  const target = await definitionOf(tx, workflow, preview.to);
  requireTargets(preview, blocks, target);
  const workflowId = workflow.id;
  const until = wish.by.at;
  const total = await countSteered(tx, { workflowId, state: 'active', version: from, until });
  const input = { what: 'move', from, to: preview.to, blocks };
  return begin(tx, wish, workflow, { input, total });
}

async function begin(
  tx: Tx,
  { workspaceId, by }: Wish,
  workflow: WorkflowWithTags,
  { input, total }: { input: JsonObject & { what: string }; total: number },
): Promise<JobRow> {
  const job = await enqueueJob(tx, {
    workspaceId,
    by,
    kind: STEER_RUNS,
    input: { workflow: String(workflow.id), name: workflow.name, ...input },
    total,
  });
  await writeAudit(tx, {
    by,
    action: `workflow.${input.what}_runs`,
    object: { kind: 'workflow', id: workflow.id },
    after: { runs: total },
  });
  return job;
}

type Preview = z.output<typeof workflowMovePreviewSchema>;

/** Where the runs of a version stand, and where each would go on. */
export async function previewMove(
  db: Db,
  { workflow, from }: { workflow: WorkflowWithTags; from: number },
): Promise<Preview> {
  const { id: workflowId, published_version: to } = workflow;
  if (to === null) throw new Problem('conflict', { detail: 'The workflow was never published.' });
  if (from === to) {
    throw new Problem('conflict', { detail: `Version ${from} is the one that is published.` });
  }
  const before = await definitionOf(db, workflow, from);
  const after = await definitionOf(db, workflow, to);
  const standing = await countStanding(db, { workflowId, version: from });
  return {
    from,
    to,
    blocks: standing.map(({ block, runs }) => {
      const type = before.blocks[block]?.type ?? '';
      return { block, type, runs, target: after.blocks[block]?.type === type ? block : null };
    }),
  };
}

async function definitionOf(
  db: Db,
  { id: workflowId }: WorkflowWithTags,
  version: number,
): Promise<WorkflowDefinition> {
  const found = await findVersion(db, { workflowId, version });
  const parsed = found && parseWorkflow(found.definition);
  if (!parsed) throw notFound('version');
  if (parsed.ok) return parsed.definition;
  throw new Problem('conflict', { detail: `Version ${version} cannot be read by this release.` });
}

/** Every block on which runs stand leads somewhere, or is said to end them. */
function requireTargets(
  { blocks: standing, to }: Preview,
  plan: Record<string, string | null>,
  { blocks }: WorkflowDefinition,
): void {
  const unknown = Object.entries(plan).flatMap(([block, target]) =>
    target === null || Object.hasOwn(blocks, target)
      ? []
      : [{ block, message: `Version ${to} has no block ${target}.` }],
  );
  const undecided = standing
    .filter(({ block, target }) => target === null && !Object.hasOwn(plan, block))
    .map(({ block, runs }) => ({
      block,
      message: `${runs} runs stand on ${block}: say where they go on, or null to end them.`,
    }));
  const errors = [...unknown, ...undecided].map(({ block, message }) => ({
    path: `/blocks/${block}`,
    message,
    in: 'body' as const,
  }));
  if (errors.length > 0) throw new Problem('invalid_request', { errors });
}

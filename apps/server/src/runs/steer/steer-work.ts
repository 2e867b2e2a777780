import { runSelectionSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Tx } from '../../db/index.ts';
import type { InboxItem, Json, JsonObject, MoveWay } from '../../inbox/index.ts';
import type { Slice, Work, WorkKind } from '../../jobs/index.ts';
import { findSteeredPage } from './steer-work-queries.ts';

/** The long work that ends, retries or moves many runs of a workflow. */
export const STEER_RUNS = 'workflows.steer_runs';

/** Runs of one slice, and how many it looks at to find them. */
const PAGE = 1_000;
const LOOK = 20_000;

/** Which of them, if not all. */
export type Selection = z.output<typeof runSelectionSchema>;

/** What is done to the runs. */
export type Steering = 'stop' | 'retry' | 'move';

export const steerRunsWork: WorkKind = {
  kind: STEER_RUNS,
  right: 'workflows.launch',
  about: ({ workflow, name, what }) => ({ workflow: workflow!, name: name!, what: what! }),
  slice,
};

/** Hands over a page of runs at a time, each to its contact's slot: it is done there, in its turn. */
async function slice(tx: Tx, work: Work): Promise<Slice> {
  const { input } = work;
  const after = Number(work.cursor?.['after'] ?? 0);
  const what = input['what'] as Steering;
  const { runs, ...page } = await findSteeredPage(tx, {
    workflowId: Number(input['workflow']),
    state: what === 'retry' ? 'failed' : 'active',
    ...(what === 'move' ? { version: Number(input['from']) } : readSelection(input['selection'])),
    // Runs that begin while this goes on are not meant.
    until: work.createdAt,
    after,
    limit: PAGE,
    look: LOOK,
  });
  return {
    cursor: { after: page.after },
    next: page.isLast ? 'finished' : 'go on',
    items: runs.map((run) => itemOf(work, run)),
    done: runs.length,
  };
}

/** As the job keeps it: instants are texts. */
export function keptSelection(selection: Selection): JsonObject {
  return JSON.parse(JSON.stringify(selection)) as JsonObject;
}

function readSelection(kept: Json | undefined): Selection {
  return runSelectionSchema.parse(kept ?? {});
}

function itemOf({ input, createdAt }: Work, run: { id: number; contact_id: number }): InboxItem {
  const base = {
    ids: [['contact', String(run.contact_id)]] as InboxItem['ids'],
    at: createdAt.getTime(),
    source: 'manual' as const,
    workflowId: Number(input['workflow']),
    runId: run.id,
  };
  if (input['what'] === 'stop') return { kind: 'stop', reason: 'by hand', ...base };
  if (input['what'] === 'retry') return { kind: 'steer', way: { kind: 'retry' }, ...base };
  return { kind: 'steer', way: moveOf(input), ...base };
}

function moveOf(input: JsonObject): MoveWay {
  return {
    kind: 'move',
    from: Number(input['from']),
    to: Number(input['to']),
    blocks: input['blocks'] as MoveWay['blocks'],
  };
}

import { z } from 'zod';
import { inTransaction } from '../db/index.ts';
import { defineRoute, Problem, type ManageRoute } from '../http/index.ts';
import { changeSettings, readSettings } from '../workspaces/index.ts';
import { findSample } from './queries.ts';
import type { Db } from '../db/index.ts';

const simulatorSchema = z
  .object({ running: z.boolean() })
  .meta({ id: 'Simulator', description: "Keeps the sample workspace's users active" });

const show = defineRoute({
  method: 'GET',
  url: '/simulator',
  right: 'member',
  summary: 'Whether the simulator of the sample workspace is on',
  response: simulatorSchema,
  handler: async ({ db, workspace }) => ({
    running: (await isSample(db, workspace.id)) && (await isOn(db, workspace.id)),
  }),
});

const change = defineRoute({
  method: 'PATCH',
  url: '/simulator',
  right: 'settings.write',
  summary: 'Switch the simulator of the sample workspace on or off',
  body: z.strictObject({ running: z.boolean() }),
  response: simulatorSchema,
  example: { body: { running: false } },
  handler: async ({ db, by, workspace, body }) => {
    if (!(await isSample(db, workspace.id))) {
      throw new Problem('conflict', { detail: 'Only the sample workspace has a simulator.' });
    }
    const { running } = body;
    await inTransaction(db, (tx) =>
      changeSettings(tx, { workspaceId: workspace.id, change: { simulator: running }, by }),
    );
    return { running };
  },
});

async function isSample(db: Db, workspaceId: number): Promise<boolean> {
  return (await findSample(db))?.workspace_id === workspaceId;
}

async function isOn(db: Db, workspaceId: number): Promise<boolean> {
  return (await readSettings(db, { workspaceId })).simulator;
}

export const sampleRoutes: ManageRoute[] = [show, change];

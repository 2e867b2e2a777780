import {
  idParams,
  pageOf,
  workspaceChangeSchema,
  workspaceSchema,
  workspaceSettingsChangeSchema,
  workspaceSettingsSchema,
} from '@perennial/contracts';
import { inTransaction, type Tx } from '../db/index.ts';
import { defineRoute, notFound, type ManageRoute } from '../http/index.ts';
import { changeWorkspace } from './change-workspace.ts';
import { listWorkspaces } from './queries.ts';
import { changeSettings, readSettings } from './settings.ts';

const list = defineRoute({
  method: 'GET',
  url: '/workspaces',
  right: 'member',
  summary: 'List the workspaces you may enter',
  response: pageOf(workspaceSchema),
  handler: async ({ db, caller }) => {
    const ids = caller.access.map(({ workspace }) => workspace.id);
    return { items: await listWorkspaces(db, { ids }), next_cursor: null };
  },
});

/** What of a workspace changed that conditions may mean. */
export interface MeantChange {
  workspaceId: number;
  zone: boolean;
  currency: boolean;
  now: Date;
}

/** What rooms to the right do when a workspace moves to another time zone or currency. */
export interface WorkspaceRouteParts {
  onMeantChange: (tx: Tx, change: MeantChange) => Promise<void>;
}

/** Calls about workspaces and their settings. */
export function workspaceRoutes({ onMeantChange }: WorkspaceRouteParts): ManageRoute[] {
  const change = defineRoute({
    method: 'PATCH',
    url: '/workspaces/:id',
    right: 'settings.write',
    summary: 'Rename the workspace, or move it to another time zone or currency',
    description:
      'Segments that measure time by that zone, or amounts in that currency, are computed anew; entries ' +
      'that this causes start nothing.',
    params: idParams,
    body: workspaceChangeSchema,
    response: workspaceSchema,
    example: { body: { name: 'Acme Fitness' } },
    handler: async ({ db, by, workspace, params, body }) => {
      // The right was checked in this workspace, and says nothing about another.
      if (params.id !== workspace.id) throw notFound('workspace');
      const { name, time_zone: timeZone, currency } = body;
      return inTransaction(db, async (tx) => {
        const { id } = workspace;
        const { before, after } = await changeWorkspace(tx, { id, name, timeZone, currency, by });
        await onMeantChange(tx, {
          workspaceId: id,
          zone: after.time_zone !== before.time_zone,
          currency: after.currency !== before.currency,
          now: by.at,
        });
        return after;
      });
    },
  });

  return [list, change, getSettings, patchSettings];
}

const getSettings = defineRoute({
  method: 'GET',
  url: '/settings',
  right: 'member',
  summary: "Read the workspace's settings",
  response: workspaceSettingsSchema,
  handler: ({ db, workspace }) => readSettings(db, { workspaceId: workspace.id }),
});

const patchSettings = defineRoute({
  method: 'PATCH',
  url: '/settings',
  right: 'settings.write',
  summary: 'Change settings; null goes back to the default',
  body: workspaceSettingsChangeSchema,
  response: workspaceSettingsSchema,
  example: { body: { legacy_answers: true } },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, (tx) => changeSettings(tx, { workspaceId: workspace.id, change: body, by })),
});

import { receivingLimitsChangeSchema, receivingLimitsSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../../db/index.ts';
import { defineRoute, type ManageRoute } from '../../http/index.ts';
import { findLimits, listSlowdowns } from './limit-queries.ts';
import { saveLimits } from './save-limits.ts';

/** A word of a sender that is older says nothing about now. */
const LATELY_MS = 60 * 60_000;

const read = defineRoute({
  method: 'GET',
  url: '/receiving_limits',
  right: 'member',
  summary: 'Read how fast mail goes to domains that receive it, and which asked for less',
  response: receivingLimitsSchema,
  handler: ({ db, workspace, now }) => viewLimits(db, { workspaceId: workspace.id, now }),
});

const replace = defineRoute({
  method: 'PUT',
  url: '/receiving_limits',
  right: 'settings.write',
  summary: 'Say how fast mail goes to domains that receive it, all at once',
  body: receivingLimitsChangeSchema,
  response: receivingLimitsSchema,
  example: {
    body: { limits: [{ domains: ['gmail.com', 'googlemail.com'], rate_per_second: 20 }] },
  },
  handler: async ({ db, by, workspace, body, now }) => {
    await saveLimits(db, { workspaceId: workspace.id, by, ...body });
    return viewLimits(db, { workspaceId: workspace.id, now });
  },
});

export const receivingRoutes: ManageRoute[] = [read, replace];

async function viewLimits(
  db: Db,
  { workspaceId, now }: { workspaceId: number; now: Date },
): Promise<z.output<typeof receivingLimitsSchema>> {
  const since = new Date(now.getTime() - LATELY_MS);
  return {
    limits: await findLimits(db, { workspaceId }),
    slowed: await listSlowdowns(db, { workspaceId, since }),
  };
}

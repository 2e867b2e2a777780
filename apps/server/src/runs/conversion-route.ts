import { idParams, instantSchema, workflowConversionSchema } from '@perennial/contracts';
import { z } from 'zod';
import { findTypeIds } from '../events/index.ts';
import { defineRoute, Problem } from '../http/index.ts';
import { readWorkflow } from '../workflows/index.ts';
import { countConversions, MOST_COUNTED } from './block-conversion.ts';

/** A quarter: after that, what somebody did says little of a block. */
const LONGEST_HOURS = 92 * 24;

export const conversionRoute = defineRoute({
  method: 'GET',
  url: '/workflows/:id/conversion',
  right: 'member',
  summary: 'Count who reached a goal after each block',
  description:
    'Of the runs that began in the period and passed the block, those whose contact had the event ' +
    '`event` after it (never at the same instant) within `within_hours`. `to` is excluded.',
  params: idParams,
  query: z.object({
    event: z.string().min(1).max(200),
    within_hours: z.coerce.number().int().min(1).max(LONGEST_HOURS).default(168),
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    version: z.coerce.number().int().positive().optional(),
  }),
  response: workflowConversionSchema,
  handler: async ({ db, now, workspace, params, query }) => {
    const { event, within_hours: withinHours, from, to, version } = query;
    await readWorkflow(db, { workspaceId: workspace.id, ...params });
    const types = await findTypeIds(db, { workspaceId: workspace.id, keys: [event] });
    const typeId = types.get(event);
    if (typeId === undefined) {
      const message = `There is no event ${event}.`;
      throw new Problem('invalid_request', { errors: [{ path: '/event', message, in: 'query' }] });
    }
    const period = { from, to, version };
    const filter = { workflowId: params.id, ...period, typeId, withinHours, now };
    const counted = await countConversions(db, filter);
    if (!counted) {
      throw new Problem('unprocessable', {
        detail: `More than ${MOST_COUNTED} runs began in this period: ask for a shorter one.`,
      });
    }
    return {
      event,
      within_hours: withinHours,
      period: { from: from ?? null, to: to ?? null },
      ...counted,
    };
  },
});

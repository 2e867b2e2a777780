import { identifierRefusalCountSchema, pageOf } from '@perennial/contracts';
import { defineRoute, type ManageRoute } from '../http/index.ts';
import { countRefusals } from './count-refusals.ts';

const count = defineRoute({
  method: 'GET',
  url: '/identifier_refusals/summary',
  right: 'member',
  summary: 'Count the contacts that were refused identifiers, by kind and reason',
  description:
    'Kind `merge` are contacts that were not merged. Each contact counts once for a kind and reason, ' +
    'however often it was refused.',
  response: pageOf(identifierRefusalCountSchema),
  handler: async ({ db, workspace }) => ({
    items: await countRefusals(db, { workspaceId: workspace.id }),
    next_cursor: null,
  }),
});

/** Calls about identifiers that contacts were refused. */
export const refusalRoutes: ManageRoute[] = [count];

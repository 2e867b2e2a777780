import { erasureSchema, idParams, pageOf } from '@perennial/contracts';
import { z } from 'zod';
import { defineRoute, notFound, pageFrom, pageQuery, type ManageRoute } from '../../http/index.ts';
import { presentErasure } from './present-erasure.ts';
import { findErasure, listErasures } from './queries.ts';
import { requestErasure } from './request-erasure.ts';

const list = defineRoute({
  method: 'GET',
  url: '/erasures',
  right: 'contacts.read',
  summary: 'List erasures of people, newest first',
  query: z.object(pageQuery(z.tuple([z.int()]))),
  response: pageOf(erasureSchema),
  handler: async ({ db, workspace, query: { limit, cursor } }) => {
    const filter = { workspaceId: workspace.id, before: cursor?.[0], limit: limit + 1 };
    const page = pageFrom(await listErasures(db, filter), { limit, position: (row) => [row.id] });
    return { ...page, items: page.items.map(presentErasure) };
  },
});

const get = defineRoute({
  method: 'GET',
  url: '/erasures/:id',
  right: 'contacts.read',
  summary: 'Show an erasure: the certificate',
  params: idParams,
  response: erasureSchema,
  handler: async ({ db, workspace, params }) => {
    const erasure = await findErasure(db, { workspaceId: workspace.id, ...params });
    if (!erasure) throw notFound('erasure');
    return presentErasure(erasure);
  },
});

/** `DELETE /contacts/:id?erase=true` leads here, too. */
export function erasureRoutes({ clock }: { clock: () => Date }): ManageRoute[] {
  const erase = defineRoute({
    method: 'POST',
    url: '/contacts/:id/erase',
    right: 'contacts.write',
    summary: 'Erase a person everywhere, for good',
    description:
      'Answers at once; it is done within a minute, behind all that arrived before. The answer is ' +
      'the certificate, which says later when it was done and what was removed.',
    params: idParams,
    response: erasureSchema,
    status: 202,
    handler: async ({ db, by, workspace, params }) =>
      presentErasure(
        await requestErasure(db, {
          workspaceId: workspace.id,
          contactId: params.id,
          by,
          clock,
        }),
      ),
  });
  return [list, get, erase];
}

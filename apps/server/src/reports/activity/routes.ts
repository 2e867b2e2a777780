import {
  activityKindSchema,
  activityPageSchema,
  idParams,
  instantSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { findContact } from '../../contacts/index.ts';
import { defineRoute, notFound, pageQuery, type ManageRoute } from '../../http/index.ts';
import { countActivity } from './count-activity.ts';
import { listActivity } from './list-activity.ts';
import { presentActivity } from './present-activity.ts';

const kindsSchema = z
  .string()
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(activityKindSchema))
  .describe('`event`, `send`, `order`, `form`, `segment`, `field`, separated by commas.');

const list = defineRoute({
  method: 'GET',
  url: '/contacts/:id/activity',
  right: 'contacts.read',
  summary: 'List what a contact did and was sent, newest first',
  description:
    'One line for each event, each decision to send (with the furthest status of its ' +
    'deliveries), each change of the card. What they opened and clicked are events. Without ' +
    '`contacts.read_personal` no value of a parameter or field is shown.',
  params: idParams,
  query: z.object({
    ...pageQuery(z.tuple([z.int(), z.int(), z.int()])),
    kinds: kindsSchema.optional(),
    before: instantSchema.optional().describe('Only what lies before it.'),
  }),
  response: activityPageSchema,
  handler: async ({
    db,
    workspace,
    rights,
    now,
    params,
    query: { limit, cursor, before, kinds },
  }) => {
    const workspaceId = workspace.id;
    const contact = await findContact(db, { workspaceId, id: params.id });
    if (!contact) throw notFound('contact');
    const contactId = contact.id;
    const asked = kinds?.length ? kinds : activityKindSchema.options;
    const filter = { workspaceId, contactId, before, after: cursor, now, limit };
    const { lines, next } = await listActivity(db, { ...filter, kinds: asked });
    const counts = await countActivity(db, { workspaceId, contactId });
    return {
      items: await presentActivity(db, { workspaceId, contactId, lines, rights }),
      next_cursor: next && Buffer.from(JSON.stringify(next)).toString('base64url'),
      total: asked.reduce((sum, kind) => sum + counts[kind], 0),
      counts,
    };
  },
});

export const activityRoutes: ManageRoute[] = [list];

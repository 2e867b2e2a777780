import {
  activityKindSchema,
  activityPageSchema,
  idParams,
  idSchema,
  instantSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { findContact } from '../../contacts/index.ts';
import { defineRoute, notFound, pageQuery, type ManageRoute } from '../../http/index.ts';
import { mayReadPersonal } from '../../users/index.ts';
import { countActivity } from './count-activity.ts';
import { listActivity } from './list-activity.ts';
import { presentActivity } from './present-activity.ts';

const kindsSchema = z
  .string()
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(activityKindSchema))
  .describe(
    '`event`, `send`, `order`, `form`, `segment`, `subscription`, `field`, `profile`, separated by commas.',
  );

const list = defineRoute({
  method: 'GET',
  url: '/contacts/:id/activity',
  right: 'contacts.read',
  summary: 'List what a contact did and was sent, newest first',
  description:
    'One line for each event, each decision to send (with the furthest status of its ' +
    'deliveries), each change of the card. What they opened and clicked are events. Without ' +
    '`contacts.read_personal` no value of a parameter or field is shown. By channel, status, ' +
    'workflow and text, lines are looked at one by one, 2,000 for a page: one that is not full ' +
    'then says how far back it looked, and its cursor goes on.',
  params: idParams,
  query: z.object({
    ...pageQuery(z.tuple([z.int(), z.int(), z.int()])),
    kinds: kindsSchema.optional(),
    type: z.string().min(1).max(300).optional().describe('Key of an event type.'),
    channel: z.string().min(1).max(50).optional().describe('Sends and what was done with them.'),
    status: z
      .string()
      .min(1)
      .max(50)
      .optional()
      .describe(
        '`delivered`, `clicked`, `refused`, ...: of a send, or what a fact says about one.',
      ),
    workflow: idSchema.optional().describe('What it sent, and the events that started it.'),
    search: z
      .string()
      .trim()
      .max(100)
      .optional()
      .describe(
        'Found in names, types and values; without `contacts.read_personal` not in values.',
      ),
    from: instantSchema.optional().describe('Only what lies at or after it.'),
    before: instantSchema.optional().describe('Only what lies before it.'),
  }),
  response: activityPageSchema,
  handler: async ({ db, workspace, rights, now, params, query: { cursor, kinds, ...asked } }) => {
    const workspaceId = workspace.id;
    const contact = await findContact(db, { workspaceId, id: params.id, deletedToo: true });
    if (!contact) throw notFound('contact');
    const contactId = contact.id;
    const shownKinds = kinds?.length ? kinds : activityKindSchema.options;
    const { lines, next, searchedTo } = await listActivity(db, {
      ...asked,
      workspaceId,
      contactId,
      kinds: shownKinds,
      readsPersonal: mayReadPersonal(rights),
      after: cursor,
      now,
    });
    const counts = await countActivity(db, { workspaceId, contactId });
    return {
      items: await presentActivity(db, { workspaceId, contactId, lines, rights }),
      next_cursor: next && Buffer.from(JSON.stringify(next)).toString('base64url'),
      searched_to: searchedTo,
      total: shownKinds.reduce((sum, kind) => sum + counts[kind], 0),
      counts,
    };
  },
});

export const activityRoutes: ManageRoute[] = [list];

import {
  deadEventChoiceSchema,
  deadEventPageSchema,
  deadEventsHandledSchema,
  idParams,
  type deadEventSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction } from '../db/index.ts';
import {
  defineRoute,
  notFound,
  nothing,
  pageFrom,
  pageQuery,
  type ManageRoute,
} from '../http/index.ts';
import { maskText, mayReadPersonal, type Rights } from '../users/index.ts';
import { countDeadEvents, listDeadEvents, type DeadEvent } from './dead-events.ts';
import { deleteDeadEvents, retryDeadEvents } from './handle-dead-events.ts';

const list = defineRoute({
  method: 'GET',
  url: '/dead_events',
  right: 'contacts.read',
  summary: 'List what was accepted and could not be applied, newest first',
  description:
    'Nothing accepted is lost: what no retry could apply waits here, with the reason. Without ' +
    '`contacts.read_personal` the items themselves are left out.',
  query: z.object({
    ...pageQuery(z.tuple([z.int()])),
    reason: z.string().max(200).optional(),
  }),
  response: deadEventPageSchema,
  handler: async ({ db, workspace, rights, query: { limit, cursor, reason } }) => {
    const workspaceId = workspace.id;
    const filter = { workspaceId, reason, before: cursor?.[0], limit: limit + 1 };
    const page = pageFrom(await listDeadEvents(db, filter), {
      limit,
      position: (row) => [row.id],
    });
    const reasons = await countDeadEvents(db, { workspaceId });
    return { ...page, items: page.items.map((row) => present(row, rights)), reasons };
  },
});

function present(row: DeadEvent, rights: Rights): z.output<typeof deadEventSchema> {
  const { contact_id: contact, item, detail, ...shown } = row;
  const mayRead = mayReadPersonal(rights);
  return {
    ...shown,
    // Events of nobody have the contact 0 inside.
    contact: contact === 0 ? null : contact,
    item: mayRead ? sentItem(row.stage, item) : null,
    detail: detail !== null && !mayRead ? maskText(detail) : detail,
  };
}

/** What was sent, without what the resolver added. */
function sentItem(
  stage: DeadEvent['stage'],
  text: string,
): z.output<typeof deadEventSchema>['item'] {
  const stored = JSON.parse(text);
  return stage === 'apply' ? stored.item : stored;
}

const removeOne = defineRoute({
  method: 'DELETE',
  url: '/dead_events/:id',
  right: 'contacts.write',
  summary: 'Give up a dead event for good',
  params: idParams,
  response: nothing,
  handler: async ({ db, by, workspace, params }) => {
    const choice = { ids: [params.id] };
    const { handled } = await inTransaction(db, (tx) =>
      deleteDeadEvents(tx, { workspaceId: workspace.id, choice, by }),
    );
    if (handled === 0) throw notFound('dead event');
    return undefined;
  },
});

const removeMany = defineRoute({
  method: 'POST',
  url: '/dead_events/delete',
  right: 'contacts.write',
  summary: 'Give up dead events for good',
  description: 'At most 5,000 in one call; `remaining` says how many of those chosen are left.',
  body: deadEventChoiceSchema,
  response: deadEventsHandledSchema,
  example: { body: { all: true, reason: 'external_id_conflict' } },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, (tx) =>
      deleteDeadEvents(tx, { workspaceId: workspace.id, choice: body, by }),
    ),
});

/** Calls about what could not be applied. */
export function deadEventRoutes({ clock }: { clock: () => Date }): ManageRoute[] {
  const retry = defineRoute({
    method: 'POST',
    url: '/dead_events/retry',
    right: 'contacts.write',
    summary: 'Try dead events again',
    description:
      'They leave this list and go through the pipeline once more; what fails again comes back. ' +
      'At most 5,000 in one call; `remaining` says how many of those chosen are left.',
    body: deadEventChoiceSchema,
    response: deadEventsHandledSchema,
    example: { body: { all: true } },
    handler: ({ db, by, workspace, body }) =>
      inTransaction(db, (tx) =>
        retryDeadEvents(tx, { workspaceId: workspace.id, choice: body, by, clock }),
      ),
  });
  return [list, retry, removeMany, removeOne];
}

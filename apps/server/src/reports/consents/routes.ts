import { consentEventSchema, idParams, pageOf } from '@perennial/contracts';
import { findContact } from '../../contacts/index.ts';
import { defineRoute, notFound, type ManageRoute } from '../../http/index.ts';
import { maskContact, mayReadPersonal, type Rights } from '../../users/index.ts';
import { listConsents, MOST_CONSENTS, type ConsentEvent } from './list-consents.ts';

const list = defineRoute({
  method: 'GET',
  url: '/contacts/:id/consents',
  right: 'contacts.read',
  summary: 'List what was said about writing to a contact: who, when, where, to which text',
  description: `Newest first, at most ${MOST_CONSENTS}. Without \`contacts.read_personal\` no address or text is shown.`,
  params: idParams,
  response: pageOf(consentEventSchema),
  handler: async ({ db, workspace, rights, now, params }) => {
    const workspaceId = workspace.id;
    const contact = await findContact(db, { workspaceId, id: params.id, deletedToo: true });
    if (!contact) throw notFound('contact');
    const items = await listConsents(db, { workspaceId, contactId: contact.id, now });
    return { items: items.map((item) => mask(item, rights)), next_cursor: null };
  },
});

const MASKED = '•••';

function mask(event: ConsentEvent, rights: Rights): ConsentEvent {
  if (mayReadPersonal(rights)) return event;
  const { text, details } = event;
  return { ...maskContact(event, rights), text: text && MASKED, details: details && MASKED };
}

export const consentRoutes: ManageRoute[] = [list];

import { Readable } from 'node:stream';
import { idParams } from '@perennial/contracts';
import { writeAudit } from '../../audit/index.ts';
import { findContact } from '../../contacts/index.ts';
import { inTransaction } from '../../db/index.ts';
import {
  Content,
  contentSchema,
  defineRoute,
  notFound,
  Problem,
  type ManageRoute,
} from '../../http/index.ts';
import { mayReadPersonal } from '../../users/index.ts';
import { exportPerson } from './export-person.ts';

const download = defineRoute({
  method: 'GET',
  url: '/contacts/:id/export',
  right: 'contacts.export',
  summary: 'Download everything about a contact as JSON',
  description: 'For a person who asks what is known about them. Takes contacts.read_personal, too.',
  params: idParams,
  response: contentSchema,
  handler: async ({ db, by, workspace, rights, params, now }) => {
    const contact = await findContact(db, {
      workspaceId: workspace.id,
      ...params,
      deletedToo: true,
    });
    if (!contact) throw notFound('contact');
    if (!mayReadPersonal(rights)) {
      throw new Problem('forbidden', { detail: 'This takes contacts.read_personal, too.' });
    }
    const { id } = contact;
    await inTransaction(db, (tx) =>
      writeAudit(tx, { by, action: 'contact.export', object: { kind: 'contact', id } }),
    );
    const pieces = exportPerson(db, { workspaceId: workspace.id, contactId: id, now });
    return new Content('application/json; charset=utf-8', Readable.from(pieces), {
      'content-disposition': `attachment; filename="contact-${id}.json"`,
    });
  },
});

export const personExportRoutes: ManageRoute[] = [download];

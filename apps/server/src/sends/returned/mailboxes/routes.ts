import {
  idParams,
  mailboxChangeSchema,
  mailboxSchema,
  mailboxTrialSchema,
  newMailboxSchema,
  pageOf,
} from '@perennial/contracts';
import type { z } from 'zod';
import type { Egress } from '../../../egress/index.ts';
import { defineRoute, notFound, nothing, type ManageRoute } from '../../../http/index.ts';
import type { SecretBox } from '../../../secret/index.ts';
import { findMailbox, listMailboxes, type MailboxRow } from './mailbox-queries.ts';
import { addMailbox, changeMailbox, openSecrets, removeMailbox } from './save-mailbox.ts';
import { tryMailbox } from './try-mailbox.ts';

type MailboxView = z.output<typeof mailboxSchema>;

/** The calls about mailboxes that returned mail comes to. */
export function mailboxRoutes({ box, egress }: { box: SecretBox; egress: Egress }): ManageRoute[] {
  const view = (row: MailboxRow): MailboxView => viewMailbox(row, box);

  const list = defineRoute({
    method: 'GET',
    url: '/mailboxes',
    right: 'settings.write',
    summary: 'List the mailboxes that returned mail comes to, with how each is doing',
    response: pageOf(mailboxSchema),
    handler: async ({ db, workspace }) => ({
      items: (await listMailboxes(db, { workspaceId: workspace.id })).map(view),
      next_cursor: null,
    }),
  });

  const create = defineRoute({
    method: 'POST',
    url: '/mailboxes',
    right: 'settings.write',
    summary: 'Add a mailbox at an IMAP server; it is looked into from now on',
    body: newMailboxSchema,
    response: mailboxSchema,
    status: 201,
    example: {
      body: { name: 'Bounces', host: 'imap.example.com', user: 'bounces', password: 'secret' },
    },
    handler: async ({ db, by, workspace, body }) =>
      view(await addMailbox(db, { box }, { workspaceId: workspace.id, by, given: body })),
  });

  const read = defineRoute({
    method: 'GET',
    url: '/mailboxes/:id',
    right: 'settings.write',
    summary: 'Read a mailbox; its password and tokens are never shown',
    params: idParams,
    response: mailboxSchema,
    handler: async ({ db, workspace, params }) => {
      const row = await findMailbox(db, { workspaceId: workspace.id, ...params });
      if (!row) throw notFound('mailbox');
      return view(row);
    },
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/mailboxes/:id',
    right: 'settings.write',
    summary: 'Change a mailbox; secrets that are left out stay as they are',
    params: idParams,
    body: mailboxChangeSchema,
    response: mailboxSchema,
    example: { body: { afterwards: 'move', move_to: 'Done' } },
    handler: async ({ db, by, workspace, params, body }) =>
      view(
        await changeMailbox(db, { box }, { workspaceId: workspace.id, by, ...params, given: body }),
      ),
  });

  const trial = defineRoute({
    method: 'POST',
    url: '/mailboxes/:id/test',
    right: 'settings.write',
    summary: 'Log into a mailbox and look at its folder, without changing anything there',
    params: idParams,
    response: mailboxTrialSchema,
    handler: async ({ db, workspace, params }) => {
      const row = await findMailbox(db, { workspaceId: workspace.id, ...params });
      if (!row) throw notFound('mailbox');
      return tryMailbox(egress, { row, secrets: openSecrets(box, row) });
    },
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/mailboxes/:id',
    right: 'settings.write',
    summary: 'Remove a mailbox; what lies in it stays there',
    params: idParams,
    response: nothing,
    handler: ({ db, by, workspace, params }) =>
      removeMailbox(db, { workspaceId: workspace.id, by, ...params }).then(() => undefined),
  });

  return [list, create, read, change, trial, remove];
}

function viewMailbox(row: MailboxRow, box: Pick<SecretBox, 'open'>): MailboxView {
  const { login } = row;
  const oauth = login.kind === 'oauth' ? login : undefined;
  return {
    id: row.id,
    name: row.name,
    host: row.host,
    port: row.port,
    security: row.security,
    accept_any_certificate: row.accept_any_certificate,
    user: row.user_name,
    login: login.kind,
    token_url: oauth?.token_url ?? null,
    client_id: oauth?.client_id ?? null,
    scope: oauth?.scope ?? null,
    secrets_set: Object.keys(openSecrets(box, row)),
    folder: row.folder,
    afterwards: row.afterwards,
    move_to: row.move_to,
    enabled: row.enabled,
    condition: row.condition,
    problem: row.problem,
    next_at: row.problem === null ? null : row.next_at,
    counts: { told: row.told, nothing: row.nothing, unknown: row.unknown, gone: row.gone },
    last_mail_at: row.last_mail_at,
    looked_at: row.looked_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

import {
  idParams,
  keyRenewalSchema,
  newSenderDomainSchema,
  newSenderSchema,
  pageOf,
  senderChangeSchema,
  senderDomainChangeSchema,
  senderDomainSchema,
  senderSchema,
  senderUsesSchema,
  usedDomainSchema,
} from '@perennial/contracts';
import type { Pool } from '../../db/index.ts';
import { defineRoute, notFound, nothing, type ManageRoute } from '../../http/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { checkDomain, type CheckParts } from './check-domain.ts';
import { findDomain, listDomains, type SenderDomainRow } from './domain-queries.ts';
import { listAddressUses, listDomainUses } from './list-uses.ts';
import { listUsedDomains } from './list-used-domains.ts';
import { addDomain, changeDomain, removeDomain, renewKey, rotateKeys } from './save-domain.ts';
import { addSender, changeSender, removeSender } from './save-sender.ts';
import { findSender, listAllSenders } from './sender-queries.ts';
import { viewDomains, type DomainView } from './view-domain.ts';

export interface DomainRouteParts extends CheckParts {
  box: SecretBox;
}

/** The calls about domains that messages come from, and about senders. */
export function domainRoutes({ box, dns, mailHost }: DomainRouteParts): ManageRoute[] {
  const view = async (
    db: Pool,
    { workspaceId, row }: { workspaceId: number; row: SenderDomainRow },
  ): Promise<DomainView> => (await viewDomains(db, { workspaceId, rows: [row], mailHost }))[0]!;

  const list = defineRoute({
    method: 'GET',
    url: '/sender_domains',
    right: 'member',
    summary: 'List the domains that messages come from, with what DNS says of them',
    response: pageOf(senderDomainSchema),
    handler: async ({ db, workspace }) => {
      const rows = await listDomains(db, { workspaceId: workspace.id });
      const items = await viewDomains(db, { workspaceId: workspace.id, rows, mailHost });
      return { items, next_cursor: null };
    },
  });

  const used = defineRoute({
    method: 'GET',
    url: '/sender_domains/used',
    right: 'member',
    summary: 'List the domains that messages and providers are from and that nobody added',
    response: pageOf(usedDomainSchema),
    handler: async ({ db, workspace }) => ({
      items: await listUsedDomains(db, { workspaceId: workspace.id }),
      next_cursor: null,
    }),
  });

  const create = defineRoute({
    method: 'POST',
    url: '/sender_domains',
    right: 'settings.write',
    summary: 'Add a domain; two DKIM keys are made, and its records are looked for',
    body: newSenderDomainSchema,
    response: senderDomainSchema,
    status: 201,
    example: { body: { domain: 'news.example.com' } },
    handler: async ({ db, by, workspace, body }) => {
      const workspaceId = workspace.id;
      const row = await addDomain(db, { box }, { workspaceId, by, ...body });
      return view(db, { workspaceId, row });
    },
  });

  const read = defineRoute({
    method: 'GET',
    url: '/sender_domains/:id',
    right: 'member',
    summary: 'Read a domain; its private keys are never shown',
    params: idParams,
    response: senderDomainSchema,
    handler: async ({ db, workspace, params }) => {
      const row = await find(db, { workspaceId: workspace.id, ...params });
      return view(db, { workspaceId: workspace.id, row });
    },
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/sender_domains/:id',
    right: 'settings.write',
    summary: 'Say who sends for a domain, and where its returned mail comes to',
    params: idParams,
    body: senderDomainChangeSchema,
    response: senderDomainSchema,
    example: { body: { senders: ['include:mail.example.net'] } },
    handler: async ({ db, by, workspace, params, body }) => {
      const workspaceId = workspace.id;
      const row = await changeDomain(db, { workspaceId, by, ...params, ...body });
      return view(db, { workspaceId, row });
    },
  });

  const check = defineRoute({
    method: 'POST',
    url: '/sender_domains/:id/check',
    right: 'settings.write',
    summary: 'Ask DNS for the records of a domain now',
    params: idParams,
    response: senderDomainSchema,
    handler: async ({ db, workspace, params, now }) => {
      const workspaceId = workspace.id;
      const domain = await find(db, { workspaceId, ...params });
      const checked = await checkDomain(db, { dns, mailHost }, { domain, now });
      const row = checked ?? (await find(db, { workspaceId, ...params }));
      return view(db, { workspaceId, row });
    },
  });

  const rotate = defineRoute({
    method: 'POST',
    url: '/sender_domains/:id/rotate',
    right: 'settings.write',
    summary: 'Sign with the other DKIM key, which must be in DNS',
    params: idParams,
    response: senderDomainSchema,
    handler: async ({ db, by, workspace, params }) => {
      const workspaceId = workspace.id;
      const row = await rotateKeys(db, { workspaceId, by, ...params });
      return view(db, { workspaceId, row });
    },
  });

  const renew = defineRoute({
    method: 'POST',
    url: '/sender_domains/:id/renew-key',
    right: 'settings.write',
    summary: 'Make a new DKIM key for the selector that does not sign',
    params: idParams,
    body: keyRenewalSchema,
    response: senderDomainSchema,
    example: { body: {} },
    handler: async ({ db, by, workspace, params, body }) => {
      const workspaceId = workspace.id;
      const evenInTransit = body.even_in_transit;
      const row = await renewKey(db, { box }, { workspaceId, by, ...params, evenInTransit });
      return view(db, { workspaceId, row });
    },
  });

  const uses = defineRoute({
    method: 'GET',
    url: '/sender_domains/:id/uses',
    right: 'member',
    summary: 'List the messages and providers that are from a domain',
    params: idParams,
    response: senderUsesSchema,
    handler: async ({ db, workspace, params }) => {
      const row = await find(db, { workspaceId: workspace.id, ...params });
      return listDomainUses(db, row);
    },
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/sender_domains/:id',
    right: 'settings.write',
    summary: 'Remove a domain with its keys and senders',
    params: idParams,
    response: nothing,
    handler: ({ db, by, workspace, params }) =>
      removeDomain(db, { workspaceId: workspace.id, by, ...params }).then(() => undefined),
  });

  const routes = [list, used, create, read, change, check, rotate, renew, uses, remove];
  return [...routes, ...senderRoutes];
}

const listSenders = defineRoute({
  method: 'GET',
  url: '/senders',
  right: 'member',
  summary: 'List whom messages may be from',
  response: pageOf(senderSchema),
  handler: async ({ db, workspace }) => ({
    items: await listAllSenders(db, { workspaceId: workspace.id }),
    next_cursor: null,
  }),
});

const createSender = defineRoute({
  method: 'POST',
  url: '/senders',
  right: 'settings.write',
  summary: 'Add somebody whom messages may be from, at a domain of the workspace',
  body: newSenderSchema,
  response: senderSchema,
  status: 201,
  handler: ({ db, by, workspace, body }) =>
    addSender(db, { workspaceId: workspace.id, by, ...body }),
});

const changeOneSender = defineRoute({
  method: 'PATCH',
  url: '/senders/:id',
  right: 'settings.write',
  summary: 'Change the name of a sender, where its answers go, or whether it is the default',
  params: idParams,
  body: senderChangeSchema,
  response: senderSchema,
  example: { body: { name: 'Shop' } },
  handler: ({ db, by, workspace, params, body }) =>
    changeSender(db, { workspaceId: workspace.id, by, ...params, ...body }),
});

const usesOfSender = defineRoute({
  method: 'GET',
  url: '/senders/:id/uses',
  right: 'member',
  summary: 'List the messages and providers that are from the address of a sender',
  params: idParams,
  response: senderUsesSchema,
  handler: async ({ db, workspace, params }) => {
    const sender = await findSender(db, { workspaceId: workspace.id, ...params });
    if (!sender) throw notFound('sender');
    return listAddressUses(db, { workspaceId: workspace.id, address: sender.address });
  },
});

const deleteOneSender = defineRoute({
  method: 'DELETE',
  url: '/senders/:id',
  right: 'settings.write',
  summary: 'Remove a sender; messages that name it keep doing so',
  params: idParams,
  response: nothing,
  handler: ({ db, by, workspace, params }) =>
    removeSender(db, { workspaceId: workspace.id, by, ...params }).then(() => undefined),
});

const senderRoutes: ManageRoute[] = [
  listSenders,
  createSender,
  changeOneSender,
  usesOfSender,
  deleteOneSender,
];

async function find(
  db: Pool,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<SenderDomainRow> {
  const row = await findDomain(db, { workspaceId, id });
  if (!row) throw notFound('sender domain');
  return row;
}

import { findChannel } from '@perennial/channels';
import {
  newSuppressionSchema,
  pageOf,
  suppressionImportResultSchema,
  suppressionImportSchema,
  suppressionKeySchema,
  suppressionReasonSchema,
  suppressionSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { writeAudit } from '../audit/index.ts';
import { inTransaction } from '../db/index.ts';
import {
  contentSchema,
  defineRoute,
  notFound,
  nothing,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import { maskContact, mayReadPersonal } from '../users/index.ts';
import { exportSuppressions } from './export-suppressions.ts';
import { importSuppressions } from './import-suppressions.ts';
import { normalizeAddress } from './normalize-address.ts';
import { listSuppressions, type SuppressionRow } from './queries.ts';
import { liftSuppressions, REFUSALS, suppressAddress } from './suppress-address.ts';

/** The calls about addresses that must not be written to. */
export function suppressionRoutes({ slots }: { slots: number }): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/suppressions',
    right: 'contacts.read',
    summary: 'List addresses that must not be written to, newest first',
    query: z.object({
      ...pageQuery(z.tuple([z.string(), z.string(), z.string(), z.string()])),
      channel: z.string().max(50).optional(),
      address: z.string().max(500).optional(),
      search: z.string().trim().max(500).optional().describe('The beginning of an address.'),
      reason: suppressionReasonSchema.optional(),
    }),
    response: pageOf(suppressionSchema),
    handler: async ({ db, workspace, rights, now, query }) => {
      const { address, search } = query;
      // Who may not see addresses may not find out about one, either.
      if ((address ?? search) !== undefined && !mayReadPersonal(rights)) {
        return { items: [], next_cursor: null };
      }
      const rows = await listSuppressions(db, {
        workspaceId: workspace.id,
        channel: query.channel,
        address: address?.trim().toLowerCase(),
        search: search?.toLowerCase() || undefined,
        reason: query.reason,
        now,
        before: query.cursor,
        limit: query.limit + 1,
      });
      const page = pageFrom(rows, { limit: query.limit, position: positionOf });
      return maskContact({ ...page, items: page.items.map(view) }, rights);
    },
  });

  const add = defineRoute({
    method: 'POST',
    url: '/suppressions',
    right: 'contacts.write',
    summary: 'Add an address that must not be written to',
    body: newSuppressionSchema,
    response: suppressionSchema,
    status: 201,
    example: {
      body: { channel: 'email', address: 'never@example.com', reason: 'blacklisted' },
    },
    handler: ({ db, by, now, workspace, body }) => {
      const { channel, reason, until, details } = body;
      const address = checkAddress(channel, body.address);
      const workspaceId = workspace.id;
      return inTransaction(
        db,
        async (tx) => {
          const isNews = await suppressAddress(tx, {
            suppression: {
              workspaceId,
              channel,
              address,
              reason,
              since: now,
              source: 'manual',
              by: by.actor.name,
              ...(until && { until }),
              ...(details !== undefined && { details }),
            },
            slots,
            now,
          });
          const [row] = await listSuppressions(tx, {
            workspaceId,
            channel,
            address,
            reason,
            now,
            limit: 1,
          });
          if (isNews) {
            await writeAudit(tx, {
              by,
              action: 'suppression.add',
              object: { kind: 'suppression', id: `${channel} ${address}` },
              after: { channel, address, reason, until: until ?? null, details: details ?? null },
            });
          }
          return view(row!);
        },
        { retries: 3 },
      );
    },
  });

  const importMany = defineRoute({
    method: 'POST',
    url: '/suppressions/import',
    right: 'contacts.write',
    summary: 'Add many addresses that must not be written to',
    description:
      'What is no address of the channel is answered by its place, the others are added.',
    body: suppressionImportSchema,
    bodyLimit: 4 * 1024 * 1024,
    response: suppressionImportResultSchema,
    example: {
      body: { channel: 'email', reason: 'unsubscribed', addresses: ['no@example.com'] },
    },
    handler: ({ db, by, now, workspace, body }) =>
      inTransaction(
        db,
        (tx) => importSuppressions(tx, { workspaceId: workspace.id, by, slots, now, ...body }),
        { retries: 3 },
      ),
  });

  const exportAll = defineRoute({
    method: 'GET',
    url: '/suppressions/export',
    right: 'contacts.export',
    summary: 'Download all addresses that must not be written to, as CSV',
    query: z.object({
      channel: z.string().max(50).optional(),
      reason: suppressionReasonSchema.optional(),
    }),
    response: contentSchema,
    handler: ({ db, now, workspace, rights, by, query }) =>
      exportSuppressions(db, { workspaceId: workspace.id, by, now, rights, ...query }),
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/suppressions',
    right: 'suppressions.lift',
    summary: 'Let an address be written to again',
    description:
      'Takes one reason back: blacklisted, bounced or blocked. An address that unsubscribed or ' +
      'complained said no; only the person can say yes again, by a confirmation link or a form.',
    query: suppressionKeySchema,
    response: nothing,
    handler: ({ db, by, now, workspace, query }) => {
      const { channel, reason } = query;
      if ((REFUSALS as readonly string[]).includes(reason)) throw onlyThePerson();
      const address = checkAddress(channel, query.address);
      return inTransaction(
        db,
        async (tx) => {
          const [lifted] = await liftSuppressions(tx, {
            addresses: [{ workspaceId: workspace.id, channel, address }],
            reasons: [reason],
            slots,
            now,
            source: 'manual',
            by: by.actor.name,
          });
          if (!lifted) throw notFound('suppression');
          await writeAudit(tx, {
            by,
            action: 'suppression.remove',
            object: { kind: 'suppression', id: `${channel} ${address}` },
            before: { channel, address, reason, since: lifted.since, details: lifted.details },
          });
          return undefined;
        },
        { retries: 3 },
      );
    },
  });

  return [list, add, importMany, exportAll, remove];
}

function positionOf(row: SuppressionRow): unknown[] {
  return [row.since.toISOString(), row.channel, row.address, row.reason];
}

function view(row: SuppressionRow): z.output<typeof suppressionSchema> {
  const { channel, address, reason, since, until, details, source } = row;
  return { channel, address, reason, since, until, details, source };
}

function onlyThePerson(): Problem {
  return new Problem('conflict', {
    detail:
      'The person said no here. Only they can say yes again, by a confirmation link or a form.',
  });
}

function checkAddress(channel: string, text: string): string {
  const kind = findChannel(channel)?.address;
  const address = normalizeAddress(channel, text);
  if (address !== undefined) return address;
  throw new Problem('unprocessable', {
    detail: kind ? 'This is not an address of the channel.' : `There is no channel "${channel}".`,
    errors: [{ path: kind ? '/address' : '/channel', message: 'Not valid.', in: 'body' }],
  });
}

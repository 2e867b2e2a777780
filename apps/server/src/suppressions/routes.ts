import { findChannel } from '@perennial/channels';
import {
  newSuppressionSchema,
  pageOf,
  suppressionKeySchema,
  suppressionReasonSchema,
  suppressionSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { writeAudit } from '../audit/index.ts';
import { normalizeEmail, normalizePhone } from '../contacts/index.ts';
import { inTransaction } from '../db/index.ts';
import {
  defineRoute,
  notFound,
  nothing,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import { maskContact, mayReadPersonal } from '../users/index.ts';
import { listSuppressions, type SuppressionRow } from './queries.ts';
import { liftSuppression, suppressAddress } from './suppress-address.ts';

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
      reason: suppressionReasonSchema.optional(),
    }),
    response: pageOf(suppressionSchema),
    handler: async ({ db, workspace, rights, query }) => {
      // Who may not see addresses may not find out about one, either.
      if (query.address !== undefined && !mayReadPersonal(rights)) {
        return { items: [], next_cursor: null };
      }
      const rows = await listSuppressions(db, {
        workspaceId: workspace.id,
        channel: query.channel,
        address: query.address?.trim().toLowerCase(),
        reason: query.reason,
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

  const remove = defineRoute({
    method: 'DELETE',
    url: '/suppressions',
    right: 'contacts.write',
    summary: 'Let an address be written to again',
    description:
      'Takes one reason back. Do so only when the person asked for it: an address that unsubscribed said no.',
    query: suppressionKeySchema,
    response: nothing,
    handler: ({ db, by, now, workspace, query }) => {
      const { channel, reason } = query;
      const address = checkAddress(channel, query.address);
      return inTransaction(
        db,
        async (tx) => {
          const lifted = await liftSuppression(tx, {
            workspaceId: workspace.id,
            channel,
            address,
            reason,
            slots,
            now,
            source: 'manual',
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

  return [list, add, remove];
}

function positionOf(row: SuppressionRow): unknown[] {
  return [row.since.toISOString(), row.channel, row.address, row.reason];
}

function view(row: SuppressionRow): z.output<typeof suppressionSchema> {
  const { channel, address, reason, since, until, details, source } = row;
  return { channel, address, reason, since, until, details, source };
}

/** As contacts keep it, so that it is found at every send. */
function checkAddress(channel: string, text: string): string {
  const kind = findChannel(channel)?.address;
  const address =
    kind === 'email' ? normalizeEmail(text) : kind === 'phone' ? normalizePhone(text) : text.trim();
  if (kind !== undefined && address) return address;
  throw new Problem('unprocessable', {
    detail: kind ? 'This is not an address of the channel.' : `There is no channel "${channel}".`,
    errors: [{ path: kind ? '/address' : '/channel', message: 'Not valid.', in: 'body' }],
  });
}

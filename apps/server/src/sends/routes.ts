import {
  deliveryDetailsSchema,
  deliveryPageSchema,
  idParams,
  idSchema,
  instantSchema,
  messageTestRequestSchema,
  messageTestSchema,
  sendCountsSchema,
  sendPageSchema,
  sendSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import type { Pool } from '../db/index.ts';
import {
  defineRoute,
  encodeCursor,
  notFound,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import type { RenderPool } from '../messages/index.ts';
import type { Egress } from '../egress/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { maskContact, mayReadPersonal } from '../users/index.ts';
import { countSends } from './count-sends.ts';
import { createDns, type Dns } from './domains/dns/ask-dns.ts';
import { domainRoutes } from './domains/routes.ts';
import { receivingRoutes } from './receiving/routes.ts';
import { mailboxRoutes } from './returned/mailboxes/routes.ts';
import { explainWaiting } from './explain-waiting.ts';
import { findDeliveries } from './lists/find-deliveries.ts';
import { findSends } from './lists/find-sends.ts';
import type { LookedPage } from './lists/look-back.ts';
import { providerRoutes } from './providers/routes.ts';
import { readContent } from './read-content.ts';
import { ruleRoutes } from './rules/routes.ts';
import { sendTest } from './send-test.ts';
import { createDeliveryKeys } from './senders/delivery-key.ts';
import { createVersionCache } from './senders/version-cache.ts';
import { createWorkspaceNames } from './senders/workspace-names.ts';
import { subjectRoutes } from './subjects/routes.ts';
import { listVisits } from './visits/visit-queries.ts';
import { findDelivery, findSend, listDeliveriesOfSends, type SendListRow } from './view-queries.ts';
import { deliveryView, readable, sendView } from './views.ts';

export interface SendRouteParts {
  pool: Pool;
  box: SecretBox;
  egress: Egress;
  renderPool: RenderPool;
  slots: number;
  clock: () => Date;
  /** Where providers call back; without it, paths are shown. */
  publicUrl?: string | undefined;
  /** A test was planned: senders of this process may look at once. */
  onPlanned?: () => void;
  /** What checks of sender domains ask. */
  dns?: Dns;
  /** The host name of this program, where it takes returned mail itself. */
  mailHost?: string | undefined;
}

/** One value or several: `?status=sent&status=opened`. */
function several<Item extends z.ZodType>(item: Item) {
  return z
    .union([item, z.array(item).max(20)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .optional();
}

const MOST_VISITS = 100;

/** A delivery's place in the list of a message, campaign or workflow is behind its send's. */
const deliveryPosition = z.tuple([z.int(), z.int().optional()]);

function endOf({ next, lookedUntil }: LookedPage<unknown>) {
  return { next_cursor: next ? encodeCursor(next) : null, looked_until: lookedUntil };
}

const LOOKS =
  'One answer looks at 20,000 of them at most: where few of them fit it may be short, tells how far it looked, and ' +
  'its cursor goes on from there.';

/** By what both lists are narrowed down. */
const cause = {
  message: idSchema.optional(),
  campaign: idSchema.optional(),
  workflow: idSchema.optional(),
  channel: several(z.string().max(50)),
  from: instantSchema.optional().describe('Made at or after this instant.'),
  until: instantSchema.optional().describe('Made before this instant.'),
};
const reason = z.string().max(500).optional().describe('Why they wait, were refused or failed.');

const word = z.string().max(50);

const causes = z.object(cause);

function causeOf({ message, campaign, workflow, channel, from, until }: z.output<typeof causes>) {
  return { message, campaign, workflow, channels: channel, from, until };
}

/** The calls about sends, deliveries, providers and tests. */
export function sendRoutes(parts: SendRouteParts): ManageRoute[] {
  const rendering = {
    renderPool: parts.renderPool,
    keys: createDeliveryKeys(parts.box),
    versions: createVersionCache(parts.pool),
    workspaces: createWorkspaceNames(parts.pool, { clock: parts.clock }),
  };

  async function withDeliveries(
    db: Pool,
    { workspaceId, rows }: { workspaceId: number; rows: SendListRow[] },
  ) {
    const found = await listDeliveriesOfSends(db, {
      contactIds: [...new Set(rows.map((row) => row.contact_id))],
      sendIds: rows.map((row) => row.id),
    });
    const deliveries = Map.groupBy(
      await explainWaiting(db, { workspaceId, rows: found }),
      (delivery) => delivery.send_id,
    );
    return rows.map((row) => sendView(row, deliveries.get(row.id) ?? []));
  }

  const list = defineRoute({
    method: 'GET',
    url: '/sends',
    right: 'contacts.read',
    summary: 'List sends with their decisions, newest first',
    description: LOOKS,
    query: z.object({
      ...pageQuery(z.tuple([z.int()])),
      ...cause,
      contact: idSchema.optional(),
      run: idSchema.optional(),
      status: several(word),
      decision: several(word),
      reason,
    }),
    response: sendPageSchema,
    handler: async ({ db, workspace, rights, query }) => {
      const workspaceId = workspace.id;
      const page = await findSends(db, {
        workspaceId,
        contact: query.contact,
        ...causeOf(query),
        run: query.run,
        statuses: query.status,
        decisions: query.decision,
        reason: query.reason,
        before: query.cursor?.[0],
        limit: query.limit,
      });
      const sends = await withDeliveries(db, { workspaceId, rows: page.rows });
      const items = sends.map((send) => ({
        ...send,
        deliveries: readable(send.deliveries, rights),
      }));
      return maskContact({ items, ...endOf(page) }, rights);
    },
  });

  const counts = defineRoute({
    method: 'GET',
    url: '/sends/counts',
    right: 'contacts.read',
    summary: 'Count how the newest sends were decided',
    query: causes,
    response: sendCountsSchema,
    handler: ({ db, workspace, query }) =>
      countSends(db, { workspaceId: workspace.id, ...causeOf(query) }),
  });

  const read = defineRoute({
    method: 'GET',
    url: '/sends/:id',
    right: 'contacts.read',
    summary: 'Read a send: why it was made or refused, and what became of it',
    params: idParams,
    response: sendSchema,
    handler: async ({ db, workspace, rights, params }) => {
      const workspaceId = workspace.id;
      const found = await findSend(db, { workspaceId, ...params });
      if (!found) throw notFound('send');
      const [send] = await withDeliveries(db, { workspaceId, rows: [found] });
      if (!send) throw notFound('send');
      return maskContact({ ...send, deliveries: readable(send.deliveries, rights) }, rights);
    },
  });

  const deliveries = defineRoute({
    method: 'GET',
    url: '/deliveries',
    right: 'contacts.read',
    summary: 'List deliveries, newest first',
    description: LOOKS,
    query: z.object({
      ...pageQuery(deliveryPosition),
      ...cause,
      contact: idSchema.optional(),
      send: idSchema.optional(),
      status: several(word),
      reason,
      uncertain: z
        .enum(['true', 'false'])
        .optional()
        .describe('Only those of which nobody once knew whether the provider had them.'),
    }),
    response: deliveryPageSchema,
    handler: async ({ db, workspace, rights, query }) => {
      const page = await findDeliveries(db, {
        workspaceId: workspace.id,
        contact: query.contact,
        ...causeOf(query),
        send: query.send,
        statuses: query.status,
        reason: query.reason,
        uncertain: query.uncertain === 'true',
        before: query.cursor,
        limit: query.limit,
      });
      const explained = await explainWaiting(db, { workspaceId: workspace.id, rows: page.rows });
      const items = readable(explained.map(deliveryView), rights);
      return maskContact({ items, ...endOf(page) }, rights);
    },
  });

  const delivery = defineRoute({
    method: 'GET',
    url: '/deliveries/:id',
    right: 'contacts.read',
    summary: 'Read a delivery with its content, its decisions and what the provider said',
    params: idParams,
    response: deliveryDetailsSchema,
    handler: async ({ db, workspace, rights, params, now }) => {
      const workspaceId = workspace.id;
      const found = await findDelivery(db, { workspaceId, ...params });
      if (!found) throw notFound('delivery');
      const row = (await explainWaiting(db, { workspaceId, rows: [found] }))[0]!;
      const said = mayReadPersonal(rights)
        ? await readContent(db, rendering, {
            contactId: row.contact_id,
            deliveryId: row.id,
            track: false,
            now,
          })
        : {
            content: null,
            source: null,
            raw: null,
            problem: 'Reading messages takes the right contacts.read_personal.',
          };
      const view = deliveryView(row);
      const visits = await listVisits(db, {
        workspaceId,
        contactId: row.contact_id,
        deliveryId: row.id,
        from: row.created_at,
        limit: MOST_VISITS,
      });
      return maskContact(
        {
          ...view,
          subject: said.content ? view.subject : null,
          content: said.content,
          content_source: said.source,
          content_problem: said.problem,
          raw: said.raw?.toString('utf8') ?? null,
          provider_ref: row.provider_ref,
          // What could not be rendered is told with an excerpt of what it says.
          provider_answer:
            row.reason !== 'rendering' || mayReadPersonal(rights)
              ? (row.provider_problem ?? row.provider_answer)
              : null,
          decision: row.decision,
          reasons: row.reasons,
          workflow: row.workflow_id,
          run: row.run_id,
          block: row.block,
          campaign: row.campaign_id,
          language: row.language,
          message_version: row.message_version,
          transactional: row.transactional,
          visits: visits.map(({ status, at, url, machine }) => ({
            action: status,
            at,
            // Addresses of links may be made for their reader.
            url: mayReadPersonal(rights) ? url : null,
            machine,
          })),
        },
        rights,
      );
    },
  });

  const test = defineRoute({
    method: 'POST',
    url: '/messages/:id/test',
    right: 'messages.send',
    summary: 'Send a message to one address, as a test',
    params: idParams,
    body: messageTestRequestSchema,
    response: messageTestSchema,
    status: 202,
    example: { body: { to: 'me@example.com' } },
    handler: async ({ db, now, rights, workspace, params, body }) => {
      const { to, contact, language, subject, event, run, data } = body;
      // Who must not see a contact's data must not have it mailed to themselves, either.
      if (contact !== undefined && !mayReadPersonal(rights)) {
        throw new Problem('forbidden', {
          detail: 'A test with a contact takes the right contacts.read_personal.',
        });
      }
      const sent = await sendTest(db, {
        workspaceId: workspace.id,
        messageId: params.id,
        to,
        contact,
        language,
        subject,
        context: {
          ...(event && { event }),
          ...(run && { run }),
          ...(data && { data }),
        },
        slots: parts.slots,
        now,
      });
      parts.onPlanned?.();
      return sent;
    },
  });

  const { box, dns = createDns({ servers: [] }), mailHost } = parts;
  return [
    list,
    counts,
    read,
    deliveries,
    delivery,
    test,
    ...subjectRoutes,
    ...ruleRoutes,
    ...providerRoutes(parts),
    ...domainRoutes({ box, dns, mailHost }),
    ...receivingRoutes,
    ...mailboxRoutes({ box, egress: parts.egress }),
  ];
}

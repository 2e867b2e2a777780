import {
  deliveryDetailsSchema,
  deliverySchema,
  idParams,
  idSchema,
  messageTestRequestSchema,
  messageTestSchema,
  pageOf,
  sendSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import type { Pool } from '../db/index.ts';
import {
  defineRoute,
  notFound,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import type { RenderPool } from '../messages/index.ts';
import type { Egress } from '../egress/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { maskContact, mayReadPersonal } from '../users/index.ts';
import { createDns, type Dns } from './domains/dns/ask-dns.ts';
import { domainRoutes } from './domains/routes.ts';
import { explainWaiting } from './explain-waiting.ts';
import { providerRoutes } from './providers/routes.ts';
import { readContent } from './read-content.ts';
import { ruleRoutes } from './rules/routes.ts';
import { sendTest } from './send-test.ts';
import { createDeliveryKeys } from './senders/delivery-key.ts';
import { createVersionCache } from './senders/version-cache.ts';
import { createWorkspaceNames } from './senders/workspace-names.ts';
import {
  findDelivery,
  listDeliveries,
  listDeliveriesOfSends,
  listSends,
  type SendFilter,
} from './view-queries.ts';
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

const position = z.tuple([z.int()]);
const word = z.string().max(50);

/** The calls about sends, deliveries, providers and tests. */
export function sendRoutes(parts: SendRouteParts): ManageRoute[] {
  const rendering = {
    renderPool: parts.renderPool,
    keys: createDeliveryKeys(parts.box),
    versions: createVersionCache(parts.pool),
    workspaces: createWorkspaceNames(parts.pool, { clock: parts.clock }),
  };

  async function sends(db: Pool, filter: SendFilter) {
    const rows = await listSends(db, filter);
    const found = await listDeliveriesOfSends(db, {
      contactIds: [...new Set(rows.map((row) => row.contact_id))],
      sendIds: rows.map((row) => row.id),
    });
    const deliveries = Map.groupBy(
      await explainWaiting(db, { ...filter, rows: found }),
      (delivery) => delivery.send_id,
    );
    return rows.map((row) => sendView(row, deliveries.get(row.id) ?? []));
  }

  const list = defineRoute({
    method: 'GET',
    url: '/sends',
    right: 'contacts.read',
    summary: 'List sends with their decisions, newest first',
    query: z.object({
      ...pageQuery(position),
      contact: idSchema.optional(),
      message: idSchema.optional(),
      run: idSchema.optional(),
      channel: several(word),
      status: several(word),
      decision: several(word),
    }),
    response: pageOf(sendSchema),
    handler: async ({ db, workspace, rights, query }) => {
      const rows = await sends(db, {
        workspaceId: workspace.id,
        contact: query.contact,
        message: query.message,
        run: query.run,
        channels: query.channel,
        statuses: query.status,
        decisions: query.decision,
        before: query.cursor?.[0],
        limit: query.limit + 1,
      });
      const page = pageFrom(rows, { limit: query.limit, position: ({ id }) => [id] });
      const items = page.items.map((send) => ({
        ...send,
        deliveries: readable(send.deliveries, rights),
      }));
      return maskContact({ ...page, items }, rights);
    },
  });

  const read = defineRoute({
    method: 'GET',
    url: '/sends/:id',
    right: 'contacts.read',
    summary: 'Read a send: why it was made or refused, and what became of it',
    params: idParams,
    response: sendSchema,
    handler: async ({ db, workspace, rights, params }) => {
      const [send] = await sends(db, { workspaceId: workspace.id, id: params.id, limit: 1 });
      if (!send) throw notFound('send');
      return maskContact({ ...send, deliveries: readable(send.deliveries, rights) }, rights);
    },
  });

  const deliveries = defineRoute({
    method: 'GET',
    url: '/deliveries',
    right: 'contacts.read',
    summary: 'List deliveries, newest first',
    query: z.object({
      ...pageQuery(position),
      contact: idSchema.optional(),
      message: idSchema.optional(),
      send: idSchema.optional(),
      channel: several(word),
      status: several(word),
      uncertain: z
        .enum(['true', 'false'])
        .optional()
        .describe('Only those of which nobody once knew whether the provider had them.'),
    }),
    response: pageOf(deliverySchema),
    handler: async ({ db, workspace, rights, query }) => {
      const rows = await listDeliveries(db, {
        workspaceId: workspace.id,
        contact: query.contact,
        message: query.message,
        send: query.send,
        channels: query.channel,
        statuses: query.status,
        uncertain: query.uncertain === 'true',
        before: query.cursor?.[0],
        limit: query.limit + 1,
      });
      const page = pageFrom(rows, { limit: query.limit, position: ({ id }) => [id] });
      const explained = await explainWaiting(db, { workspaceId: workspace.id, rows: page.items });
      const items = readable(explained.map(deliveryView), rights);
      return maskContact({ ...page, items }, rights);
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
          language: row.language,
          message_version: row.message_version,
          transactional: row.transactional,
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
      const { to, contact, language, event, run, data } = body;
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
    read,
    deliveries,
    delivery,
    test,
    ...ruleRoutes,
    ...providerRoutes(parts),
    ...domainRoutes({ box, dns, mailHost }),
  ];
}

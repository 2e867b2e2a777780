import { findChannel } from '@perennial/channels';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from '../../db/index.ts';
import type { Inbox } from '../../inbox/index.ts';
import {
  createRecipientTokens,
  recipientTokenKey,
  type RecipientToken,
  type RenderPool,
} from '../../messages/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { readContent } from '../read-content.ts';
import { createMessageIds } from '../senders/message-id.ts';
import { createVersionCache } from '../senders/version-cache.ts';
import { createWorkspaceNames } from '../senders/workspace-names.ts';
import { machineReason } from './machine-visitor.ts';
import { recipientPage, type PageName } from './pages.ts';
import { recordVisit } from './record-visit.ts';
import { unsubscribe } from './unsubscribe.ts';

export interface RecipientPagesParts {
  pool: Pool;
  inbox: Pick<Inbox, 'append'>;
  renderPool: RenderPool;
  box: SecretBox;
  slots: number;
  clock: () => Date;
}

/** One pixel, transparent. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
/** A message shows pictures and styles from anywhere, and runs nothing. */
const MESSAGE_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src * data:; " +
  "style-src * 'unsafe-inline'; font-src * data:; frame-ancestors 'none'; base-uri 'none'";

/** What links in messages lead to. Tokens are the whole authority: no log-in, no cookie. */
export function recipientPages(parts: RecipientPagesParts): (app: FastifyInstance) => void {
  const { pool, box, slots, clock, renderPool } = parts;
  const tokens = createRecipientTokens(recipientTokenKey(box));
  const rendering = {
    renderPool,
    messageIds: createMessageIds(box),
    versions: createVersionCache(pool),
    workspaces: createWorkspaceNames(pool, { clock }),
  };

  function tokenOf(
    request: FastifyRequest,
    kind: RecipientToken['kind'],
  ): RecipientToken | undefined {
    const text = (request.params as { '*': string })['*'];
    const token = tokens.open(kind === 'open' ? text.replace(/\.gif$/, '') : text);
    return token?.kind === kind ? token : undefined;
  }

  /** The visitor goes on whatever happens to the record of it; a failure is only logged. */
  async function remember(
    request: FastifyRequest,
    token: RecipientToken,
    status: 'opened' | 'clicked',
  ): Promise<void> {
    const machine = machineOf(request, token);
    await recordVisit(parts, { token, status, machine, now: clock() }).catch((error: unknown) =>
      request.log.error({ err: error, status }, 'a visit was not recorded'),
    );
  }

  async function unsubscribePage(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const token = tokenOf(request, 'unsubscribe') ?? tokenOf(request, 'preferences');
    return token ? page(reply, 'ask') : page(reply, 'invalid', 404);
  }

  async function takeBack(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const token = tokenOf(request, 'unsubscribe') ?? tokenOf(request, 'preferences');
    if (!token) return page(reply, 'invalid', 404);
    const outcome = await unsubscribe(pool, { token, slots, now: clock() });
    return outcome === 'gone' ? page(reply, 'invalid', 404) : page(reply, outcome);
  }

  return (app) => {
    // RFC 8058 §3.2: a form of either kind; what is in it does not matter, that it is a POST does.
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: 65_536 },
      (_request, _body, done) => done(null, undefined),
    );

    // A wildcard, because a parameter would be cut at 500 characters.
    app.get('/r/*', async (request, reply) => {
      const token = tokenOf(request, 'link');
      if (!token?.url) return page(reply, 'invalid', 404);
      await remember(request, token, 'clicked');
      return reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(token.url, 302);
    });

    app.get('/o/*', async (request, reply) => {
      const token = tokenOf(request, 'open');
      if (!token) return page(reply, 'invalid', 404);
      await remember(request, token, 'opened');
      return reply
        .header('cache-control', 'no-store, private')
        .header('cross-origin-resource-policy', 'cross-origin')
        .type('image/gif')
        .send(PIXEL);
    });

    for (const url of ['/u/*', '/preferences/*']) {
      app.get(url, (request, reply) => unsubscribePage(request, reply));
      app.post(url, (request, reply) => takeBack(request, reply));
    }

    app.get('/v/*', async (request, reply) => {
      const token = tokenOf(request, 'view');
      const html = token && (await messageHtml(token));
      if (!html) return page(reply, 'invalid', 404);
      return reply
        .header('cache-control', 'no-store, private')
        .header('content-security-policy', MESSAGE_POLICY)
        .header('x-robots-tag', 'noindex')
        .type('text/html; charset=utf-8')
        .send(html);
    });
  };

  async function messageHtml(token: RecipientToken): Promise<string | undefined> {
    // Index: deliveries_newest. A merge may have given the delivery to another contact.
    const { rows } = await pool.query<{ contact_id: number }>(
      `select contact_id from deliveries where workspace_id = $1 and id = $2`,
      [token.workspaceId, token.deliveryId],
    );
    const contactId = rows[0]?.contact_id;
    if (contactId === undefined) return undefined;
    const { deliveryId } = token;
    const read = await readContent(pool, rendering, {
      contactId,
      deliveryId,
      track: true,
      now: clock(),
    });
    const html = read.content?.['html'];
    return typeof html === 'string' ? html : undefined;
  }
}

function machineOf(request: FastifyRequest, { channel }: RecipientToken): string | undefined {
  const { headers } = request;
  return machineReason({
    method: request.method,
    userAgent: headers['user-agent'],
    purposes: ['sec-purpose', 'purpose', 'x-purpose'].map((name) => headers[name]?.toString()),
    headIsClick: findChannel(channel)?.headIsClick ?? false,
  });
}

function page(reply: FastifyReply, name: PageName, status = 200): FastifyReply {
  return reply
    .status(status)
    .header('cache-control', 'no-store, private')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8')
    .send(recipientPage(name));
}

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
import { readSettings } from '../../workspaces/index.ts';
import { readContent } from '../read-content.ts';
import { createMessageIds } from '../senders/message-id.ts';
import { createVersionCache } from '../senders/version-cache.ts';
import { createWorkspaceNames } from '../senders/workspace-names.ts';
import { machineReason } from './machine-visitor.ts';
import { confirmSubscription } from './confirm.ts';
import {
  ACTIONS,
  CONFIRMED_TEXT,
  confirmPage,
  preferencesPage,
  sayingPage,
  unsubscribedPage,
  unsubscribePage,
} from './pages.ts';
import { readPreferences, savePreferences } from './preferences.ts';
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

  async function askToUnsubscribe(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const token = tokenOf(request, 'unsubscribe');
    if (!token) return invalid(reply);
    const { unsubscribe_reasons: reasons } = await readSettings(pool, token);
    return page(reply, unsubscribePage({ reasons }));
  }

  /** RFC 8058 §3.2: that it is a POST says it all; a person may have told why. */
  async function takeBack(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const token = tokenOf(request, 'unsubscribe');
    if (!token) return invalid(reply);
    const { unsubscribe_reasons: reasons } = await readSettings(pool, token);
    const reason = reasons.find((offered) => offered === formOf(request).get('reason'));
    return leave(reply, { token, reason });
  }

  async function leave(
    reply: FastifyReply,
    { token, reason }: { token: RecipientToken; reason?: string | undefined },
  ): Promise<FastifyReply> {
    const outcome = await unsubscribe(pool, { token, reason, slots, now: clock() });
    if (outcome === 'gone') return invalid(reply);
    if (outcome === 'test') return page(reply, sayingPage('test'));
    // Beside `/u/` and `/preferences/`, whatever path this program is under.
    const again = `../c/${tokens.seal({ ...token, kind: 'confirm' })}`;
    return page(reply, unsubscribedPage({ again }));
  }

  async function showPreferences(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const token = tokenOf(request, 'preferences');
    if (!token) return invalid(reply);
    const categories = await readPreferences(pool, { token });
    return page(
      reply,
      categories.length > 0 ? preferencesPage({ categories }) : unsubscribePage({ reasons: [] }),
    );
  }

  async function changePreferences(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const token = tokenOf(request, 'preferences');
    if (!token) return invalid(reply);
    const form = formOf(request);
    if (form.get('action') !== ACTIONS.save) return leave(reply, { token });
    const outcome = await savePreferences(pool, { token, keys: form.getAll('category'), clock });
    return outcome === 'gone' ? invalid(reply) : page(reply, sayingPage(outcome));
  }

  async function askToConfirm(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return tokenOf(request, 'confirm') ? page(reply, confirmPage()) : invalid(reply);
  }

  async function confirm(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const token = tokenOf(request, 'confirm');
    if (!token) return invalid(reply);
    const outcome = await confirmSubscription(pool, { token, text: CONFIRMED_TEXT, slots, clock });
    return outcome === 'gone' ? invalid(reply) : page(reply, sayingPage(outcome));
  }

  return (app) => {
    // RFC 8058 §3.2: a form of either kind; of ours there is only one.
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: 65_536 },
      (_request, body, done) => done(null, body),
    );

    // A wildcard, because a parameter would be cut at 500 characters.
    app.get('/r/*', async (request, reply) => {
      const token = tokenOf(request, 'link');
      if (!token?.url) return invalid(reply);
      await remember(request, token, 'clicked');
      return reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(token.url, 302);
    });

    app.get('/o/*', async (request, reply) => {
      const token = tokenOf(request, 'open');
      if (!token) return invalid(reply);
      await remember(request, token, 'opened');
      return reply
        .header('cache-control', 'no-store, private')
        .header('cross-origin-resource-policy', 'cross-origin')
        .type('image/gif')
        .send(PIXEL);
    });

    // GET changes nothing on any of them: scanners follow links.
    app.get('/u/*', (request, reply) => askToUnsubscribe(request, reply));
    app.post('/u/*', (request, reply) => takeBack(request, reply));
    app.get('/preferences/*', (request, reply) => showPreferences(request, reply));
    app.post('/preferences/*', (request, reply) => changePreferences(request, reply));
    app.get('/c/*', (request, reply) => askToConfirm(request, reply));
    app.post('/c/*', (request, reply) => confirm(request, reply));

    app.get('/v/*', async (request, reply) => {
      const token = tokenOf(request, 'view');
      const html = token && (await messageHtml(token));
      if (!html) return invalid(reply);
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

function formOf({ body }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '');
}

function invalid(reply: FastifyReply): FastifyReply {
  return page(reply, sayingPage('invalid'), 404);
}

function page(reply: FastifyReply, html: string, status = 200): FastifyReply {
  return reply
    .status(status)
    .header('cache-control', 'no-store, private')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8')
    .send(html);
}

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
import type { Networks } from '../networks/create-networks.ts';
import { readContent } from '../read-content.ts';
import { createDeliveryKeys } from '../senders/delivery-key.ts';
import { createVersionCache } from '../senders/version-cache.ts';
import { createWorkspaceNames } from '../senders/workspace-names.ts';
import { messageHtml as messageForAnybody } from './message-page.ts';
import { machineReason } from './machine-visitor.ts';
import { confirmSubscription } from './confirm.ts';
import { findRecipient, pageLanguage, type PageRecipient } from './find-recipient.ts';
import type { PageDocument } from './document.ts';
import { logoPath, logoUrl, serveLogo } from './look/serve-logo.ts';
import { readPageLook } from './look/page-look.ts';
import { pauseEnd } from './look/pause-end.ts';
import {
  ACTIONS,
  agreedText,
  channelText,
  confirmPage,
  invalidPage,
  pausedPage,
  preferencesPage,
  savedPage,
  sayingPage,
  unsubscribedPage,
  unsubscribePage,
  type Offer,
  type Reader,
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
  /** Where no people are. */
  networks: Networks;
}

/** A link, and who stands before its page. */
interface Visit {
  token: RecipientToken;
  reader: Reader & PageRecipient;
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
    keys: createDeliveryKeys(box),
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
    const machine = machineOf(request, { token, status, networks: parts.networks });
    await recordVisit(parts, { token, status, machine, now: clock() }).catch((error: unknown) =>
      request.log.error({ err: error, status }, 'a visit was not recorded'),
    );
  }

  /** The link of a request, and who stands before its page; undefined when either is gone. */
  async function visitOf(
    request: FastifyRequest,
    kind: RecipientToken['kind'],
  ): Promise<Visit | undefined> {
    const token = tokenOf(request, kind);
    const accepted = acceptedBy(request);
    const recipient = token && (await findRecipient(pool, { token, accepted, now: clock() }));
    if (!recipient) return undefined;
    const { name: workspace, timeZone } = await rendering.workspaces.get(token.workspaceId);
    const look = await readPageLook(pool, token);
    return { token, reader: { ...recipient, workspace, timeZone, look, logo: logoUrl(look) } };
  }

  /** Beside the page that is shown, whatever path this program is under. */
  function linkTo(path: 'c' | 'preferences', token: RecipientToken): string {
    const kind = path === 'c' ? 'confirm' : 'preferences';
    return `../${path}/${tokens.seal({ ...token, kind })}`;
  }

  async function askToUnsubscribe(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const visit = await visitOf(request, 'unsubscribe');
    if (!visit) return invalid(request, reply);
    const { reader } = visit;
    // Whoever only rests may still want to leave.
    if (reader.standing === 'unsubscribed' && !reader.restsUntil) return showLeft(reply, visit);
    return page(reply, unsubscribePage(reader, { preferences: await toPreferences(visit) }));
  }

  /** Undefined: there is nothing to choose from. */
  async function toPreferences(visit: Visit): Promise<string | undefined> {
    const { categories, channels } = await offerOf(visit);
    const isSome = categories.length > 0 || channels.length > 0;
    return isSome ? linkTo('preferences', visit.token) : undefined;
  }

  function offerOf({ token, reader: { look, languages } }: Visit): Promise<Offer> {
    const withChannels = look.theme.offer_channels;
    return readPreferences(pool, { token, languages, withChannels, now: clock() });
  }

  function showLeft(
    reply: FastifyReply,
    { token, reader }: { token: RecipientToken; reader: Reader },
  ): FastifyReply {
    return page(reply, unsubscribedPage(reader, { confirm: linkTo('c', token) }));
  }

  /** RFC 8058 §3.2: that it is a POST says it all; a person may have told why. */
  async function takeBack(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = await visitOf(request, 'unsubscribe');
    if (!visit) return invalid(request, reply);
    const isPause = formOf(request).get('action') === ACTIONS.pause;
    return isPause ? rest(request, reply, visit) : leave(request, reply, visit);
  }

  /** Nothing comes for a while, if the workspace offers that. */
  async function rest(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
  ): Promise<FastifyReply> {
    const { token, reader } = visit;
    const now = clock();
    if (reader.look.theme.pause_days === 0) return leave(request, reply, visit);
    const until = pauseEnd(reader.look, now);
    const outcome = await unsubscribe(pool, { token, until, slots, now });
    if (outcome === 'gone') return invalid(request, reply);
    if (outcome === 'test') return page(reply, sayingPage('test', reader));
    const preferences = await toPreferences(visit);
    return page(reply, pausedPage(reader, { until, preferences }));
  }

  async function leave(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
  ): Promise<FastifyReply> {
    const { token, reader } = visit;
    const given = formOf(request).get('reason');
    const reason = reader.look.reasons.find(({ text }) => text === given)?.text;
    const outcome = await unsubscribe(pool, { token, reason, slots, now: clock() });
    if (outcome === 'gone') return invalid(request, reply);
    return outcome === 'test' ? page(reply, sayingPage('test', reader)) : showLeft(reply, visit);
  }

  async function showPreferences(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const visit = await visitOf(request, 'preferences');
    if (!visit) return invalid(request, reply);
    const { token, reader } = visit;
    const { categories, channels } = await offerOf(visit);
    if (categories.length > 0 || channels.length > 0) {
      const confirm = linkTo('c', token);
      return page(reply, preferencesPage(reader, { categories, channels, confirm }));
    }
    if (reader.standing === 'unsubscribed') return showLeft(reply, visit);
    return page(reply, unsubscribePage(reader, {}));
  }

  async function changePreferences(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const visit = await visitOf(request, 'preferences');
    if (!visit) return invalid(request, reply);
    const { token, reader } = visit;
    const form = formOf(request);
    if (form.get('action') !== ACTIONS.save) return leave(request, reply, visit);
    const outcome = await savePreferences(pool, {
      token,
      choice: {
        categories: form.getAll('category'),
        shown: reader.look.theme.offer_channels ? form.getAll('shown') : [],
        channels: form.getAll('channel'),
      },
      textOf: (channel) => channelText(channel, reader),
      slots,
      clock,
    });
    if (outcome === 'gone') return invalid(request, reply);
    if (outcome === 'test') return page(reply, sayingPage('test', reader));
    // What was chosen may have changed what holds at this address.
    const after = await visitOf(request, 'preferences');
    return page(reply, savedPage(after?.reader ?? reader, { confirm: linkTo('c', token) }));
  }

  async function askToConfirm(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = await visitOf(request, 'confirm');
    return visit ? page(reply, confirmPage(visit.reader)) : invalid(request, reply);
  }

  async function confirm(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = await visitOf(request, 'confirm');
    if (!visit) return invalid(request, reply);
    const { token, reader } = visit;
    const text = agreedText(formOf(request), reader);
    const outcome = await confirmSubscription(pool, { token, text, slots, clock });
    if (outcome === 'gone') return invalid(request, reply);
    if (outcome === 'test') return page(reply, sayingPage('test', reader));
    return page(reply, sayingPage(reader.standing === 'barred' ? 'barred' : 'confirmed', reader));
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
      if (!token?.url) return invalid(request, reply);
      await remember(request, token, 'clicked');
      return reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(token.url, 302);
    });

    app.get('/o/*', async (request, reply) => {
      const token = tokenOf(request, 'open');
      if (!token) return invalid(request, reply);
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

    app.get(logoPath, (request, reply) => serveLogo(pool, request, reply));

    app.get('/v/*', async (request, reply) => {
      const token = tokenOf(request, 'view');
      return showMessage(request, reply, token && (await messageHtml(token)));
    });
    app.get('/m/*', async (request, reply) => {
      const token = tokenOf(request, 'message');
      const html = token && (await messageForAnybody(pool, rendering, { token, now: clock() }));
      return showMessage(request, reply, html);
    });
  };

  function showMessage(
    request: FastifyRequest,
    reply: FastifyReply,
    html: string | undefined,
  ): FastifyReply {
    if (!html) return invalid(request, reply);
    return reply
      .header('cache-control', 'no-store, private')
      .header('content-security-policy', MESSAGE_POLICY)
      .header('x-robots-tag', 'noindex')
      .type('text/html; charset=utf-8')
      .send(html);
  }

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

function machineOf(
  request: FastifyRequest,
  {
    token: { channel },
    status,
    networks,
  }: { token: RecipientToken; status: 'opened' | 'clicked'; networks: Networks },
): string | undefined {
  const { headers } = request;
  return machineReason({
    status,
    method: request.method,
    userAgent: headers['user-agent'],
    purposes: ['sec-purpose', 'purpose', 'x-purpose'].map((name) => headers[name]?.toString()),
    headIsClick: findChannel(channel)?.headIsClick ?? false,
    network: networks.find(request.ip),
  });
}

function formOf({ body }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '');
}

function invalid(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return page(reply, invalidPage(pageLanguage(acceptedBy(request))), 404);
}

/** Languages that the browser asks for, in its order. */
function acceptedBy({ headers }: FastifyRequest): string[] {
  const text = headers['accept-language']?.slice(0, 200) ?? '';
  return text.split(',').map((range) => range.split(';')[0]!.trim());
}

function page(reply: FastifyReply, { html, policy }: PageDocument, status = 200): FastifyReply {
  return reply
    .status(status)
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store, private')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8')
    .send(html);
}

import type { CallbackRequest } from '@perennial/channels/providers';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from '../../db/index.ts';
import type { Egress } from '../../egress/index.ts';
import { parseJson, Problem } from '../../http/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { readProvider, type ReadCallbacks } from '../providers/open-provider.ts';
import {
  findCalledProvider,
  recordCallback,
  type ProviderRow,
} from '../providers/provider-queries.ts';
import { createDeliveryKeys } from '../senders/delivery-key.ts';
import { createCallbackUrls } from './callback-url.ts';
import { createDocumentCache } from './document-cache.ts';
import { takeCallback } from './take-callback.ts';

export interface ProviderCallbackParts {
  pool: Pool;
  box: SecretBox;
  egress: Egress;
  slots: number;
  clock: () => Date;
}

const MOST_BYTES = 1_048_576;

/**
 * Where providers say what became of messages. The path names the provider and cannot be guessed,
 * the signature is the vendor's, and each message carries a key that only we can make. A provider
 * that is turned off is heard too: its messages are still under way.
 */
export function providerCallbacks(parts: ProviderCallbackParts): (app: FastifyInstance) => void {
  const { pool, box, egress, slots, clock } = parts;
  const urls = createCallbackUrls(box);
  const keys = createDeliveryKeys(box);
  const readDocument = createDocumentCache(egress);

  async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { row, callbacks } = await calledBy(request);
    const now = clock();
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { vendor, settings, secrets } = callbacks;
    const verdict = await vendor.verify(requestOf(request, body), {
      settings,
      secrets,
      now,
      readDocument,
    });
    if (verdict === 'forged')
      throw new Problem('unauthenticated', { detail: 'The signature is not valid.' });
    if (verdict === 'unknown') throw later('The signature cannot be checked now.');
    const content: unknown = parseJson(body);
    if ((await vendor.confirm?.(content, egress)) === false) {
      throw later('The subscription could not be confirmed.');
    }
    const facts = vendor.read(content);
    await takeCallback(pool, keys, { workspaceId: row.workspace_id, facts, slots, now });
    await recordCallback(pool, { id: row.id, now });
    return reply.status(200).send();
  }

  /** Nobody learns which part of an address was wrong. */
  async function calledBy(
    request: FastifyRequest,
  ): Promise<{ row: ProviderRow; callbacks: ReadCallbacks }> {
    const { provider, token } = request.params as { provider: string; token: string };
    const id = urls.read(provider, token);
    const row = id === undefined ? undefined : await findCalledProvider(pool, { id });
    const read = row && readProvider(row, { box, http: egress, clock });
    if (!row || read?.kind !== 'outside' || !read.callbacks) throw new Problem('not_found');
    return { row, callbacks: read.callbacks };
  }

  return (app) => {
    // The signature is over the bytes as they came, whatever type is written on them.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MOST_BYTES },
      (_request, body, done) => done(null, body),
    );
    app.post('/callbacks/:provider/:token', { bodyLimit: MOST_BYTES }, (request, reply) =>
      take(request, reply),
    );
  };
}

function requestOf({ headers }: FastifyRequest, body: Buffer): CallbackRequest {
  return {
    body,
    header(name) {
      const value = headers[name];
      return typeof value === 'string' ? value : undefined;
    },
  };
}

function later(detail: string): Problem {
  return new Problem('unavailable', { detail, retryAfter: 60 });
}

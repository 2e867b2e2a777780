import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseJson, toProblem } from '../../http/index.ts';
import { InboxFull, LANES, type Inbox, type Json } from '../../inbox/index.ts';
import type { Keyring } from '../../users/index.ts';
import { readBasicAuth } from '../basic-auth.ts';
import { BadEvent, readEvent, type EventVersion } from './event-body.ts';

export interface RetenoRestParts {
  inbox: Inbox;
  keyring: Keyring;
  clock: () => Date;
  /** Default country of phone numbers, by workspace. */
  countryOf: (workspaceId: number) => string | undefined;
}

const MAX_EVENT_BYTES = 20 * 1024;

/** The public REST API's event calls; errors are plain text, success is an empty 200. */
export function retenoRestProtocol(parts: RetenoRestParts): (app: FastifyInstance) => void {
  return (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      /^application\/json/,
      { parseAs: 'buffer' },
      async (_request: unknown, body: Buffer) => parseJson(body),
    );
    app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
    for (const version of ['v1', 'v2', 'v3'] as const) {
      app.post(`/api/${version}/event`, { bodyLimit: MAX_EVENT_BYTES }, (request, reply) =>
        takeEvent(parts, version, request, reply),
      );
    }
  };
}

async function takeEvent(
  { inbox, keyring, clock, countryOf }: RetenoRestParts,
  version: EventVersion,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const now = clock();
  const token = readBasicAuth(request.headers.authorization)?.password ?? '';
  const key = await keyring.authenticate({ token, kinds: ['rest'], now });
  if (!key) {
    return text(
      reply.header('www-authenticate', 'Basic realm="rest key"'),
      401,
      'Unknown API key: send it as the password of Basic auth.',
    );
  }
  if (!key.rights.has('contacts.write'))
    return text(reply, 403, 'This key has no right to send events (contacts.write).');
  const workspaceId = key.workspace.id;
  const item = readEvent(version, request.body as Json, {
    now: now.getTime(),
    country: countryOf(workspaceId),
  });
  await inbox.append({ workspaceId, lane: LANES.stream, items: [item] });
  return reply.code(200).send();
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof BadEvent) return text(reply, 400, error.message);
  if (error instanceof InboxFull) {
    return text(reply.header('retry-after', String(error.retryAfterSeconds)), 429, error.message);
  }
  const code = (error as { code?: string }).code;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return text(reply, 400, 'The body is larger than 20 KB.');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return text(reply, 415, 'Send application/json; charset=UTF-8.');
  const problem = toProblem(error);
  if (problem.status < 500) return text(reply, 400, problem.message);
  request.log.error({ err: error }, 'REST call failed');
  return text(
    reply.header('retry-after', '1'),
    503,
    'The call could not be stored; send it again.',
  );
}

function text(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(message);
}

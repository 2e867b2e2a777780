import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { WorkspaceSettings } from '@perennial/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorTally, EventDefinitions } from '../../events/index.ts';
import { parseJson, Problem, toProblem } from '../../http/index.ts';
import {
  InboxFull,
  LANES,
  type Identifier,
  type Inbox,
  type InboxItem,
  type JsonObject,
} from '../../inbox/index.ts';
import type { IdentityTally, UserTokens } from '../../apps/index.ts';
import { blockedIdentifier, type Misfit } from '../../contacts/index.ts';
import type { KeyIdentity, Keyring } from '../../users/index.ts';
import { readBasicAuth } from '../basic-auth.ts';
import type { Method } from './method.ts';
import {
  MAX_BATCH_BYTES,
  readBatch,
  readSingle,
  type ItemProblem,
  type ReadRequest,
  type RequestFacts,
} from './read-request.ts';
import { checkTokens, USER_TOKEN_HEADER, type SpeakerOf } from './speaker.ts';

export interface SegmentParts {
  inbox: Inbox;
  keyring: Keyring;
  userTokens: UserTokens;
  identityTally: IdentityTally;
  clock: () => Date;
  /** Default country of phone numbers, by workspace. */
  countryOf: (workspaceId: number) => string | undefined;
  /** Whether addresses that `identify` brings count as confirmed; left out: they do. */
  confirms?: (workspaceId: number) => Promise<boolean>;
  /** Takes out values that the workspace wants refused in the answer; left out: none. */
  refuse?: (
    workspaceId: number,
    items: InboxItem[],
  ) => Promise<{ items: InboxItem[]; misfits: Misfit[] }>;
  definitions: EventDefinitions;
  /** What the workspace blocks; left out: nothing, as far as the answer tells. */
  settingsOf?: (workspaceId: number) => Promise<WorkspaceSettings>;
  /** Counts events whose parameters their types do not take; left out: nobody does. */
  errorTally?: Pick<ErrorTally, 'add'>;
}

const SINGLE: Method[] = ['identify', 'track', 'page', 'screen', 'group', 'alias'];
const unzip = promisify(gunzip);

/** The tracking API: the public Segment protocol, for its unmodified clients. */
export function segmentProtocol(parts: SegmentParts): (app: FastifyInstance) => void {
  return (app) => {
    readBodies(app);
    allowBrowsers(app);
    app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
    // Bodies are unpacked here, to the limit of a batch, not by the program's own hook.
    const options = { bodyLimit: MAX_BATCH_BYTES, decompress: false } as const;
    for (const method of SINGLE) {
      // The client of web pages calls by the first letter.
      for (const path of [`/v1/${method}`, `/v1/${method[0]}`]) {
        app.post(path, options, (request, reply) =>
          take(parts, request, reply, (body, around) => readSingle(method, body, around)),
        );
      }
    }
    for (const path of ['/v1/batch', '/v1/import']) {
      app.post(path, options, (request, reply) => take(parts, request, reply, readBatch));
    }
  };
}

async function take(
  parts: SegmentParts,
  request: FastifyRequest,
  reply: FastifyReply,
  read: (body: JsonObject, facts: RequestFacts) => ReadRequest,
): Promise<FastifyReply> {
  const { inbox, keyring, clock, countryOf, confirms, definitions, refuse } = parts;
  const now = clock();
  const body = request.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return reply
      .code(400)
      .send(failure([{ index: 0, path: '', message: 'The body must be a JSON object.' }]));
  }
  const object = body as JsonObject;
  const key = await keyring.authenticate({
    token: tokenOf(request, object),
    kinds: ['write'],
    now,
  });
  if (!key) {
    return reply.code(401).header('www-authenticate', 'Basic realm="write key"').send({
      success: false,
      message:
        'Unknown write key. Send it as the user name of Basic auth, or as "writeKey" in the body.',
    });
  }
  const workspaceId = key.workspace.id;
  const settings = await parts.settingsOf?.(workspaceId);
  const {
    items: given,
    positions,
    errors,
    unfit,
  } = withoutBlocked(
    settings,
    read(object, {
      receivedAt: now.getTime(),
      country: countryOf(workspaceId),
      app: key.app?.key,
      events: await definitions.of(workspaceId),
      userAgent: request.headers['user-agent'],
      speakerOf: await speakersOf(parts, { app: key.app, request, body: object, now }),
    }),
  );
  for (const { event, faults } of unfit)
    parts.errorTally?.add({
      workspaceId,
      event,
      faults,
      because: 'reserved',
      door: 'tracking',
      app: key.app?.key,
    });
  const { items, misfits } = (await refuse?.(workspaceId, given)) ?? { items: given, misfits: [] };
  errors.push(...misfits.map((misfit) => problemOf(misfit, positions)));
  const isConfirmed = (await confirms?.(workspaceId)) ?? true;
  await inbox.append({
    workspaceId,
    lane: LANES.stream,
    items: isConfirmed ? items : items.map(unconfirmed),
  });
  if (errors.length === 0) return reply.send({ success: true });
  return reply
    .code(items.length > 0 ? 200 : 400)
    .send({ success: false, accepted: items.length, errors });
}

/** Items that name nobody but who is blocked here are told to their sender at once. */
function withoutBlocked(settings: WorkspaceSettings | undefined, read: ReadRequest): ReadRequest {
  if (!settings || settings.blocked_identifiers.length === 0) return read;
  const kept: ReadRequest = { ...read, items: [], positions: [], errors: [...read.errors] };
  read.items.forEach((item, i) => {
    const index = read.positions[i]!;
    const blocked = blockedIdentifier(settings, item);
    if (blocked) {
      kept.errors.push({ index, ...blockedProblem(blocked) });
      return;
    }
    kept.items.push(item);
    kept.positions.push(index);
  });
  return kept;
}

function blockedProblem([kind, value]: Identifier): { path: string; message: string } {
  const message = `identifies nobody in this workspace: "${value.slice(0, 50)}"`;
  return { path: MEMBERS[kind] ?? '', message };
}

/** Where a call names each kind of identifier. */
const MEMBERS: Partial<Record<string, string>> = {
  external_id: 'userId',
  anonymous_id: 'anonymousId',
  device_id: 'context.device.id',
  push_token: 'context.device.token',
  email: 'traits.email',
  phone: 'traits.phone',
};

/** Its addresses wait for the person's own yes. */
function unconfirmed(item: InboxItem): InboxItem {
  return item.kind === 'identify' ? { ...item, confirmed: false } : item;
}

/** Undefined: the app takes everybody's word for who they are. */
async function speakersOf(
  { userTokens, identityTally }: SegmentParts,
  {
    app,
    request,
    body,
    now,
  }: { app: KeyIdentity['app']; request: FastifyRequest; body: JsonObject; now: Date },
): Promise<SpeakerOf | undefined> {
  if (!app) return undefined;
  // Before it is required, tokens are only counted: the owner sees whether all clients send them.
  if (!app.requiresVerified && !(await userTokens.canVerify(app.id, now))) return undefined;
  const header = request.headers[USER_TOKEN_HEADER]?.toString() ?? null;
  const { speakerOf, tally } = await checkTokens(userTokens, { appId: app.id, body, header, now });
  tally((what, n) => identityTally.add(app.id, what, n));
  return app.requiresVerified ? speakerOf : undefined;
}

/** The item itself is taken; only this value of it is not. */
function problemOf({ index, field, reason }: Misfit, positions: number[]): ItemProblem {
  const trait = field.replace(/^custom\./, '');
  return { index: positions[index]!, path: `traits.${trait}`, message: `not set: ${reason}` };
}

function tokenOf(request: FastifyRequest, body: JsonObject): string {
  const basic = readBasicAuth(request.headers.authorization);
  if (basic && basic.user !== '') return basic.user;
  return typeof body['writeKey'] === 'string' ? body['writeKey'] : '';
}

/** Browsers' beacons come as text; clients may compress. */
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) =>
      parseJson(await unpacked(request.headers['content-encoding'], body), { exact: true }),
  );
}

async function unpacked(encoding: string | undefined, body: Buffer): Promise<Buffer> {
  switch (encoding?.toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return body;
    case 'gzip':
    case 'x-gzip':
      return await inflate(body);
    default:
      throw new Problem('unsupported_media_type', { detail: 'Pack the body with gzip, or not.' });
  }
}

async function inflate(body: Buffer): Promise<Buffer> {
  try {
    return await unzip(body, { maxOutputLength: MAX_BATCH_BYTES });
  } catch (cause) {
    throw new Problem('invalid_json', {
      detail: 'The body is not gzip, or larger than 500 KB unpacked.',
      cause,
    });
  }
}

/** Write keys are public and these calls carry no cookies, so any page may make them. */
function allowBrowsers(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('cross-origin-resource-policy', 'cross-origin');
  });
  app.options('/v1/*', (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', 'POST, OPTIONS')
      // Clients count their retries in headers of their own; the star alone leaves out authorization.
      .header('access-control-allow-headers', 'authorization, *')
      .header('access-control-max-age', '86400')
      .send(),
  );
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof InboxFull) {
    return reply
      .code(429)
      .header('retry-after', String(error.retryAfterSeconds))
      .send({ success: false, message: error.message });
  }
  const code = (error as { code?: string }).code;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return reply
      .code(400)
      .send(failure([{ index: 0, path: '', message: 'The body is larger than 500 KB.' }]));
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const message = 'The header Content-Type is none; send application/json.';
    return reply.code(400).send(failure([{ index: 0, path: '', message }]));
  }
  const problem = toProblem(error);
  if (problem.status < 500) {
    return reply.code(400).send(failure([{ index: 0, path: '', message: problem.message }]));
  }
  request.log.error({ err: error }, 'tracking call failed');
  return reply.code(503).header('retry-after', '1').send({
    success: false,
    message: 'The call could not be stored; nothing of it was kept. Send it again.',
  });
}

function failure(errors: ReadRequest['errors']): object {
  return { success: false, accepted: 0, errors };
}

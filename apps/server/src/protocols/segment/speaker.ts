import type { TokenVerdict, UserTokens, VerifiedUser } from '../../apps/index.ts';
import type { Json, JsonObject } from '../../inbox/index.ts';
import { objectAt } from './context.ts';
import { ItemError } from './item-error.ts';
import type { Method } from './method.ts';

/**
 * Verified identity: an app that requires it speaks for a person only with a user token, which
 * stands in `context.userToken` of an item or of the batch, or in a header for the whole request.
 */
export const USER_TOKEN_HEADER = 'x-perennial-user-token';

/** Checking a signature costs a hundred times as much as reading an item. */
const MOST_TOKENS = 100;

/** Whom an item may speak for; throws `ItemError` when its token does not hold. */
export type SpeakerOf = (context: JsonObject) => VerifiedUser | 'anonymous';

export interface Speakers {
  speakerOf: SpeakerOf;
  /** What the tokens of the request proved, for the app's owner to see. */
  tally(add: (what: 'verified' | 'unverified' | 'invalid', n: number) => void): void;
}

/** Checks all user tokens of a request. */
export async function checkTokens(
  tokens: UserTokens,
  { appId, body, header, now }: { appId: number; body: JsonObject; header: Json; now: Date },
): Promise<Speakers> {
  const items = Array.isArray(body['batch']) ? body['batch'] : [body];
  const shared = tokenIn(objectAt(body, 'context')) ?? header;
  const found = new Set(items.map((item) => tokenIn(contextOf(item)) ?? shared).filter(isText));
  const verdicts = new Map<string, TokenVerdict>();
  for (const token of [...found].slice(0, MOST_TOKENS))
    verdicts.set(token, await tokens.verify({ appId, token, now }));

  const verdictOf = (token: Json | undefined): TokenVerdict | undefined => {
    if (token === undefined || token === null || token === '') return undefined;
    if (!isText(token)) return { ok: false, message: 'must be a text' };
    const message = `is one of more than ${MOST_TOKENS} different ones in a request`;
    return verdicts.get(token) ?? { ok: false, message };
  };
  return {
    speakerOf(context) {
      const verdict = verdictOf(tokenIn(context) ?? header);
      if (!verdict) return 'anonymous';
      if (!verdict.ok) throw new ItemError('context.userToken', verdict.message);
      return verdict.user;
    },
    tally(add) {
      for (const item of items) {
        const verdict = verdictOf(tokenIn(contextOf(item)) ?? shared);
        if (verdict) add(verdict.ok ? 'verified' : 'invalid', 1);
        else if (namesUser(item)) add('unverified', 1);
      }
    },
  };
}

function contextOf(item: Json): JsonObject | undefined {
  return isObject(item) ? objectAt(item, 'context') : undefined;
}

function tokenIn(context: JsonObject | undefined): Json | undefined {
  const token = context?.['userToken'];
  return token === null || token === '' ? undefined : token;
}

function namesUser(item: Json): boolean {
  return isObject(item) && (isText(item['userId']) || typeof item['userId'] === 'number');
}

export interface SpokenCall {
  raw: JsonObject;
  /** E-mail and phone that no token confirmed: kept on the card as not taken over. */
  unverified: JsonObject;
}

/** Members of traits by which somebody is found; a token alone may give them. */
const PROVEN = ['email', 'phone'] as const;

/** The call as far as its speaker may make it. */
export function spokenBy(
  speaker: VerifiedUser | 'anonymous',
  { method, raw }: { method: Method; raw: JsonObject },
): SpokenCall {
  const call = speaker === 'anonymous' ? asAnonymous(method, raw) : asUser(speaker, raw);
  if (method !== 'identify') return { raw: call, unverified: {} };
  const claims = speaker === 'anonymous' ? {} : speaker;
  const traits = { ...objectAt(raw, 'traits') };
  const unverified: JsonObject = {};
  for (const member of PROVEN) {
    const given = traits[member];
    const proven = (claims as Partial<VerifiedUser>)[member];
    if (given !== undefined && given !== null && !isSame(given, proven)) unverified[member] = given;
    delete traits[member];
    if (proven !== undefined) traits[member] = proven;
  }
  return { raw: { ...call, traits }, unverified };
}

/** What is stored is normalised, so the case of an e-mail does not matter. */
function isSame(given: Json, proven: string | undefined): boolean {
  return textOf(given)?.trim().toLowerCase() === proven?.trim().toLowerCase();
}

function asUser({ externalId }: VerifiedUser, raw: JsonObject): JsonObject {
  const named = textOf(raw['userId']);
  if (named !== undefined && named.trim() !== externalId)
    throw new ItemError('userId', 'is not the one that context.userToken speaks for');
  return { ...raw, userId: externalId };
}

function asAnonymous(method: Method, raw: JsonObject): JsonObject {
  if (method === 'alias')
    throw new ItemError('context.userToken', 'is required: this app requires verified identity');
  const { userId: _unproven, ...call } = raw;
  if (isText(raw['anonymousId'])) return call;
  throw new ItemError(
    'context.userToken',
    'is required, or an anonymousId: this app requires verified identity',
  );
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return isText(value) ? value : undefined;
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { createHash } from 'node:crypto';
import { errors, importJWK, jwtVerify, type CryptoKey, type JWTPayload } from 'jose';
import type { Db } from '../db/index.ts';
import { readPublicKeys, type SigningAlgorithm } from './queries.ts';

/** Whom a user token speaks for. */
export interface VerifiedUser {
  /** External ID: the token's `sub`. */
  externalId: string;
  email?: string;
  phone?: string;
}

export type TokenVerdict = { ok: true; user: VerifiedUser } | { ok: false; message: string };

export interface UserTokens {
  /** Whether the app can check tokens at all. */
  canVerify(appId: number, now: Date): Promise<boolean>;
  verify(call: { appId: number; token: string; now: Date }): Promise<TokenVerdict>;
}

interface PublicKey {
  kid: string;
  algorithm: SigningAlgorithm;
  key: CryptoKey | Uint8Array;
}

interface Remembered {
  kid: string;
  user: VerifiedUser;
  /** Epoch milliseconds. */
  expiresAt: number;
}

const KEYS_REMEMBERED_MS = 5000;
/** So long they are not asked for again, however many tokens name keys that there are not. */
const KEYS_FRESH_MS = 1000;
const MOST_REMEMBERED = 20_000;
const LONGEST_TOKEN = 4096;
/** Clocks of two servers may differ so much. */
const TOLERANCE_SECONDS = 60;

/**
 * Checks user tokens: JWTs that the company's own server signed for a person who logged in there.
 * A token is checked once and remembered until it expires; a key that was added counts within a
 * second, and one that was removed stops counting within five, in every process.
 */
export function createUserTokens(db: Db): UserTokens {
  const keys = new Map<number, { at: number; keys: Promise<PublicKey[]> }>();
  const verdicts = new Map<string, Remembered>();

  const keysOf = (
    appId: number,
    now: Date,
    oldestMs: number = KEYS_REMEMBERED_MS,
  ): Promise<PublicKey[]> => {
    const known = keys.get(appId);
    if (known && now.getTime() - known.at < oldestMs) return known.keys;
    const loaded = loadKeys(db, appId);
    keys.set(appId, { at: now.getTime(), keys: loaded });
    // A look-up that failed says nothing about the keys.
    loaded.catch(() => keys.delete(appId));
    return loaded;
  };

  return {
    canVerify: async (appId, now) => (await keysOf(appId, now)).length > 0,
    async verify({ appId, token, now }) {
      if (token.length > LONGEST_TOKEN)
        return refused(`is longer than ${LONGEST_TOKEN} characters`);
      const appKeys = await keysOf(appId, now);
      const name = `${appId} ${createHash('sha256').update(token).digest('base64')}`;
      const known = verdicts.get(name);
      if (known && known.expiresAt > now.getTime() && appKeys.some(({ kid }) => kid === known.kid))
        return { ok: true, user: known.user };
      verdicts.delete(name);
      let verdict = await check(token, appKeys, now);
      if (!verdict.ok && verdict.unknownKey)
        verdict = await check(token, await keysOf(appId, now, KEYS_FRESH_MS), now);
      if (!verdict.ok) return refused(verdict.message);
      if (verdicts.size >= MOST_REMEMBERED) verdicts.delete(verdicts.keys().next().value!);
      verdicts.set(name, verdict);
      return { ok: true, user: verdict.user };
    },
  };
}

async function loadKeys(db: Db, appId: number): Promise<PublicKey[]> {
  const rows = await readPublicKeys(db, { appId });
  return Promise.all(
    rows.map(async ({ kid, algorithm, public_key: jwk }) => ({
      kid,
      algorithm,
      key: await importJWK(jwk, algorithm),
    })),
  );
}

async function check(
  token: string,
  keys: PublicKey[],
  now: Date,
): Promise<(Remembered & { ok: true }) | Refused> {
  let used: PublicKey | undefined;
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid, alg }) => {
        used = kid === undefined && keys.length === 1 ? keys[0] : keys.find((k) => k.kid === kid);
        if (!used) throw new UnknownKey(kid);
        // The key decides how it is used, not the token.
        if (used.algorithm !== alg) throw new errors.JOSEAlgNotAllowed();
        return used.key;
      },
      { currentDate: now, clockTolerance: TOLERANCE_SECONDS, requiredClaims: ['exp', 'sub'] },
    );
    const expiresAt = (payload.exp! + TOLERANCE_SECONDS) * 1000;
    return { ok: true, kid: used!.kid, user: userOf(payload), expiresAt };
  } catch (cause) {
    return { ...refused(wordsOf(cause)), unknownKey: cause instanceof UnknownKey };
  }
}

interface Refused {
  ok: false;
  message: string;
  /** The key it names may have been added just now. */
  unknownKey: boolean;
}

class UnknownKey extends Error {
  constructor(kid: string | undefined) {
    super(
      kid === undefined
        ? 'names no key: put its "kid" into the header'
        : `names a key that the app does not have: "${kid.slice(0, 50)}"`,
    );
  }
}

function userOf({ sub, email, phone, phone_number: number }: JWTPayload): VerifiedUser {
  const phoneText = textOf(phone) ?? textOf(number);
  return {
    externalId: sub!,
    ...(textOf(email) !== undefined && { email: textOf(email)! }),
    ...(phoneText !== undefined && { phone: phoneText }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What jose found, in words that say what to do. */
function wordsOf(cause: unknown): string {
  if (cause instanceof UnknownKey) return cause.message;
  if (cause instanceof errors.JWTExpired) {
    const at = new Date((cause.payload.exp ?? 0) * 1000);
    return `expired${Number.isNaN(at.getTime()) ? '' : ` at ${at.toISOString()}`}: get a new one from your server`;
  }
  if (cause instanceof errors.JWTClaimValidationFailed)
    return `has no usable "${cause.claim}" claim`;
  if (cause instanceof errors.JWSSignatureVerificationFailed)
    return 'was not signed with this key, or was altered';
  if (cause instanceof errors.JOSEAlgNotAllowed) return 'is not signed as its key demands';
  if (cause instanceof errors.JOSEError) return 'is not a signed JWT';
  throw cause;
}

function refused(message: string): { ok: false; message: string } {
  return { ok: false, message };
}

import { withImplied, type KeyKind, type Right } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import type { WorkspaceRef } from '../../http/index.ts';
import { hashToken } from '../token.ts';
import { findKeyByHash, touchKey, type KeyOwnerRow } from './queries.ts';

/** What a key proves: its workspace and its rights there. */
export interface KeyIdentity {
  id: number;
  kind: KeyKind;
  name: string;
  workspace: WorkspaceRef;
  rights: ReadonlySet<Right>;
  /** The app that the key belongs to. */
  app: KeyApp | null;
}

export interface KeyApp {
  id: number;
  key: string;
  /** Who somebody is counts only when a user token says so. */
  requiresVerified: boolean;
}

export interface Keyring {
  /** The key's identity if it is valid and of one of these kinds. */
  authenticate(call: {
    token: string;
    kinds: readonly KeyKind[];
    now: Date;
  }): Promise<KeyIdentity | undefined>;
}

interface Remembered {
  identity: Promise<KeyIdentity | undefined>;
  until: number;
}

const rememberMs = 5000;
/** Unknown tokens cost a caller nothing to invent: they may only fill this much memory. */
const rememberedAtMost = 20_000;
const touchEveryMs = 60_000;
const longestToken = 200;

/**
 * Looks keys up, and remembers each for five seconds: tracking calls come by the thousand a
 * second, and a revoked key dies within that time in every process. Unknown tokens are remembered
 * as such, too.
 */
export function createKeyring(db: Db): Keyring {
  const remembered = new Map<string, Remembered>();
  const look = (token: string, now: Date): Promise<KeyIdentity | undefined> => {
    const hash = hashToken(token);
    const name = hash.toString('base64');
    const known = remembered.get(name);
    if (known && known.until > now.getTime()) return known.identity;
    remembered.delete(name);
    if (remembered.size >= rememberedAtMost) forgetOldest(remembered);
    const identity = load(db, hash, now);
    remembered.set(name, { identity, until: now.getTime() + rememberMs });
    // A look-up that failed says nothing about the key.
    identity.catch(() => remembered.delete(name));
    return identity;
  };
  return {
    authenticate: async ({ token, kinds, now }) => {
      if (token === '' || token.length > longestToken) return undefined;
      const identity = await look(token, now);
      return identity && kinds.includes(identity.kind) ? identity : undefined;
    },
  };
}

async function load(db: Db, tokenHash: Buffer, now: Date): Promise<KeyIdentity | undefined> {
  const row = await findKeyByHash(db, { tokenHash });
  if (!row) return undefined;
  const before = new Date(now.getTime() - touchEveryMs);
  if (row.used_at === null || row.used_at < before) await touchKey(db, { id: row.id, now, before });
  return toIdentity(row);
}

function toIdentity(row: KeyOwnerRow): KeyIdentity {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name || row.shown,
    workspace: {
      id: row.workspace_id,
      slug: row.slug,
      name: row.workspace_name,
      timeZone: row.time_zone,
      currency: row.currency,
    },
    rights: withImplied(row.rights),
    app:
      row.app_id === null
        ? null
        : {
            id: row.app_id,
            key: row.app_key!,
            requiresVerified: row.require_verified === true,
          },
  };
}

/** A map keeps the order of insertion, which here is the order of age. */
function forgetOldest(remembered: Map<string, Remembered>): void {
  for (const name of [...remembered.keys()].slice(0, rememberedAtMost / 10))
    remembered.delete(name);
}

import {
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importSPKI,
  type CryptoKey,
} from 'jose';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import {
  countSigningKeys,
  deleteSigningKey,
  insertSigningKey,
  lockApp,
  type SigningAlgorithm,
  type SigningKeyRow,
} from './queries.ts';

interface OfApp {
  workspaceId: number;
  appId: number;
  by: Origin;
}

/** Takes a public key, or makes a pair whose private half is answered and kept nowhere. */
export async function addSigningKey(
  tx: Tx,
  {
    workspaceId,
    appId,
    name,
    publicKey,
    by,
  }: OfApp & { name: string; publicKey?: string | undefined },
): Promise<SigningKeyRow & { private_key: string | null }> {
  if (!(await lockApp(tx, { workspaceId, id: appId }))) throw notFound('app');
  const made = publicKey === undefined ? await makePair() : await readPublicKey(publicKey);
  const jwk = await exportJWK(made.publicKey);
  const kid = (await calculateJwkThumbprint(jwk)).slice(0, 16);
  const row = await insertSigningKey(tx, {
    appId,
    kid,
    name,
    algorithm: made.algorithm,
    publicKey: jwk,
    now: by.at,
  });
  if (!row) throw new Problem('already_exists', { detail: 'The app has this key already.' });
  await writeAudit(tx, {
    by,
    action: 'app.signing_key.add',
    object: { kind: 'app', id: appId },
    after: { kid, name, algorithm: made.algorithm },
  });
  return { ...row, private_key: made.privateKey };
}

/** Tokens signed with it stop counting within seconds. */
export async function removeSigningKey(
  tx: Tx,
  { workspaceId, appId, id, by }: OfApp & { id: number },
): Promise<void> {
  const app = await lockApp(tx, { workspaceId, id: appId });
  if (!app) throw notFound('app');
  const removed = await deleteSigningKey(tx, { appId, id });
  if (!removed) throw notFound('signing key');
  if (app.require_verified && (await countSigningKeys(tx, { appId })) === 0) {
    throw new Problem('unprocessable', {
      detail:
        'This is the only key of an app that requires verified identity: everybody would count as anonymous. Add another key first, or stop requiring it.',
    });
  }
  await writeAudit(tx, {
    by,
    action: 'app.signing_key.remove',
    object: { kind: 'app', id: appId },
    before: { kid: removed.kid, name: removed.name },
  });
}

interface Made {
  algorithm: SigningAlgorithm;
  publicKey: CryptoKey;
  privateKey: string | null;
}

async function makePair(): Promise<Made> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { algorithm: 'ES256', publicKey, privateKey: await exportPKCS8(privateKey) };
}

async function readPublicKey(pem: string): Promise<Made> {
  const algorithm = algorithmOf(pem);
  const publicKey = await importSPKI(pem, algorithm, { extractable: true });
  return { algorithm, publicKey, privateKey: null };
}

/** The key itself says how it signs: a token cannot choose. */
function algorithmOf(pem: string): SigningAlgorithm {
  if (/PRIVATE KEY/.test(pem)) {
    throw bad('This is a private key, which must stay with you. Send the public one.');
  }
  const key = parse(pem);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return 'ES256';
  if (type === 'ed25519') return 'EdDSA';
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048) return 'RS256';
  throw bad('Expected a P-256, Ed25519 or RSA key (2048 bits or more).');
}

function parse(pem: string): KeyObject {
  try {
    return createPublicKey({ key: pem, format: 'pem', type: 'spki' });
  } catch (cause) {
    throw bad('Expected a public key as PEM, beginning with "-----BEGIN PUBLIC KEY-----".', cause);
  }
}

function bad(message: string, cause?: unknown): Problem {
  return new Problem('invalid_request', {
    detail: message,
    errors: [{ path: '/public_key', message, in: 'body' }],
    ...(cause !== undefined && { cause }),
  });
}

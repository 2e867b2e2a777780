import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

export interface KeyPair {
  /** SubjectPublicKeyInfo in base64, as it stands in DNS. */
  publicKey: string;
  /** PEM. */
  privateKey: string;
}

const makePair = promisify(generateKeyPair);

/** RFC 8301 §3.2: at least 1024 bits, 2048 advised. Longer ones do not fit into one string of DNS. */
const BITS = 2_048;

export async function makeKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await makePair('rsa', { modulusLength: BITS });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

/**
 * Names of a domain's two keys. They differ between workspaces and installations, so that two that
 * send for one domain do not take each other's place in DNS.
 */
export function newSelectors(): [string, string] {
  const mark = randomBytes(3).toString('hex');
  return [`pl${mark}a`, `pl${mark}b`];
}

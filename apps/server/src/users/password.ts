import { hash, verify } from '@node-rs/argon2';

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The library's default algorithm
// is argon2id.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of no password: who does not exist must take as long to refuse as who does. */
const nobodysHash =
  '$argon2id$v=19$m=19456,t=2,p=1$KmZD/YsJ4JAx8MVJjnPIiw$WlopP4h3TIYJTtk8s0uJSa3g6z4n/53OyZUHLkr/Vi0';

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

/** False, after the usual time, where there is no password. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const matches = await verify(passwordHash ?? nobodysHash, password.normalize('NFKC'));
  return matches && passwordHash !== null;
}

import type { SigningKey } from '@perennial/contracts';

/** Code for the company's server that signs a user token with this key. */
export function signingSnippet({ kid, algorithm }: Pick<SigningKey, 'kid' | 'algorithm'>): string {
  return `// npm install jose
import { importPKCS8, SignJWT } from 'jose';

const key = await importPKCS8(process.env.PERENNIAL_SIGNING_KEY, '${algorithm}');

export function userToken(user) {
  return new SignJWT({ email: user.email })
    .setProtectedHeader({ alg: '${algorithm}', kid: '${kid}' })
    .setSubject(user.id)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(key);
}

// In the app: context.userToken of each call, or of the batch.`;
}

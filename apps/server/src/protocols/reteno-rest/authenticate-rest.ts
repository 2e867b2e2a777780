import type { FastifyRequest } from 'fastify';
import type { KeyIdentity } from '../../users/index.ts';
import { readBasicAuth } from '../basic-auth.ts';
import { readBearer } from './bearer-token.ts';
import type { Endpoint, RestParts } from './endpoint.ts';
import { RestError } from './rest-error.ts';

export interface Authenticated {
  key: KeyIdentity;
  /** The key as it was sent. */
  token: string;
}

/** The REST key of a call, with the rights that the endpoint takes; throws 401 and 403. */
export async function authenticateRest(
  { keyring, box, clock }: RestParts,
  { rights, bearer = false }: Endpoint,
  request: FastifyRequest,
): Promise<Authenticated> {
  const now = clock();
  const { authorization } = request.headers;
  const token =
    readBasicAuth(authorization)?.password ??
    (bearer ? readBearer(authorization, { box, now }) : undefined) ??
    '';
  const key = await keyring.authenticate({ token, kinds: ['rest'], now });
  if (!key) {
    throw new RestError(401, 'Unknown API key: send it as the password of Basic auth.', {
      'www-authenticate': 'Basic realm="rest key"',
    });
  }
  const missing = rights.filter((right) => !key.rights.has(right));
  if (missing.length > 0) {
    throw new RestError(403, `This key lacks the right ${missing.join(', ')}.`);
  }
  return { key, token };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Db } from '../../../db/index.ts';
import type { PageLook } from './page-look.ts';
import { findLogo } from './queries.ts';

export const logoPath = '/logo/:hash';

/** Beside the page that shows it, whatever path this program is under. */
export function logoUrl({ logo }: Pick<PageLook, 'logo'>): string | undefined {
  return logo ? `../logo/${logo.hash}` : undefined;
}

/** A picture under its own hash never changes. Whatever it is, it is taken for nothing but one. */
export async function serveLogo(
  db: Db,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { hash } = request.params as { hash: string };
  const found = /^[0-9a-f]{64}$/.test(hash) ? await findLogo(db, { hash }) : undefined;
  if (!found) return reply.status(404).header('cache-control', 'no-store').send();
  return reply
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', 'inline')
    .type(found.logo_type)
    .send(found.logo);
}

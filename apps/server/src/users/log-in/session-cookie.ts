import type { FastifyReply, FastifyRequest } from 'fastify';

const name = 'perennial_session';

/** The server ends sessions; browsers keep a cookie for 400 days at most. */
const maxAgeSeconds = 400 * 24 * 60 * 60;

export function readSessionCookie(request: FastifyRequest): string | undefined {
  return request.cookies[name];
}

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): void {
  reply.setCookie(name, token, { ...attributes(request), maxAge: maxAgeSeconds });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(name, attributes(request));
}

function attributes(request: FastifyRequest) {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
  } as const;
}

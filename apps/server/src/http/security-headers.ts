import type { FastifyInstance } from 'fastify';

/** For pages of ours. Styles may be inline: the component library and the editors write them. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  // Messages show pictures from anywhere; their previews inherit this policy.
  "img-src 'self' data: blob: https: http:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self' blob: data:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** For data: nothing in it may run or load, should a browser ever show it as a page. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;

/**
 * What browsers are told about every answer. A route that means otherwise (a pixel for other
 * sites, a form in their frames) sets the header itself; what is set is left alone.
 */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html');
    // A browser merges the headers of a 304 into the page that it kept, which has its policy.
    const isKept = reply.statusCode === 304;
    const headers: Record<string, string> = {
      ...always,
      ...(!isKept && { 'content-security-policy': isPage ? pagePolicy : dataPolicy }),
      ...(request.protocol === 'https' && { 'strict-transport-security': 'max-age=31536000' }),
    };
    for (const [name, value] of Object.entries(headers)) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    return payload;
  });
}

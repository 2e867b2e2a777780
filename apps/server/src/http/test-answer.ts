import type { FastifyInstance } from 'fastify';

/** What a call without a socket was answered, as tests look at it. */
export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  /** JSON as its value, else the text. */
  body: unknown;
}

type Injected = Awaited<ReturnType<FastifyInstance['inject']>>;

export function readAnswer({ statusCode, headers, payload }: Injected): Answer {
  const isJson = String(headers['content-type']).includes('json');
  return { status: statusCode, headers, body: isJson ? JSON.parse(payload) : payload };
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  type: string;
  messageId: string;
  [member: string]: unknown;
}

/** How the server meets a request: answers it, or does something to its line. */
export type Manner = (
  request: IncomingMessage,
  response: ServerResponse,
  batch: Received[],
) => void;

export const takes: Manner = (_request, response) => answer(response, 200, { success: true });
export const drops: Manner = (request) => void request.socket.destroy();

export function answers(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Manner {
  return (_request, response) => answer(response, status, body, headers);
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export interface TestServer {
  host: string;
  /** Bodies in order of arrival, repeats too. */
  batches: { batch: Received[]; sentAt: string; context?: unknown; authorization: string }[];
  /** How the next requests are met, one after the other; then all are taken. */
  manners: Manner[];
  close(): Promise<void>;
}

/** A tracking API on loopback that remembers what came. */
export async function startTestServer(): Promise<TestServer> {
  const batches: TestServer['batches'] = [];
  const manners: Manner[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as TestServer['batches'][0];
      const authorization = request.headers.authorization ?? '';
      batches.push({ ...body, authorization });
      (manners.shift() ?? takes)(request, response, body.batch);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    batches,
    manners,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

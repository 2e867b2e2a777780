import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request that the host was sent. */
export interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What becomes of a request: an answer, the line dropped after all was read, or nothing until let go. */
export type Behaviour =
  { status: number; body?: string; headers?: Record<string, string> } | 'drop' | 'hold';

/** Another system on a loopback address, until the test ends. */
export async function testHost() {
  const asked: Asked[] = [];
  const held: ServerResponse[] = [];
  const waiters = new Set<() => void>();
  let behave: (request: Asked, n: number) => Behaviour = () => ({ status: 200, body: '{}' });
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const one = {
        method: request.method!,
        path: request.url!,
        headers: request.headers as Record<string, string>,
        body,
      };
      asked.push(one);
      const behaviour = behave(one, asked.length);
      if (behaviour === 'drop') request.socket.destroy();
      else if (behaviour === 'hold') held.push(response);
      else response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body ?? '');
      for (const wake of waiters) wake();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    behave: (next: typeof behave): void => void (behave = next),
    /** Until so many requests have arrived. */
    async arrived(n: number): Promise<void> {
      while (asked.length < n) {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiters.add(resolve);
        await promise;
        waiters.delete(resolve);
      }
    },
    letGo: (): void => held.splice(0).forEach((response) => response.writeHead(200).end('{}')),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

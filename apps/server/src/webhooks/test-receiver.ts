import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What arrived. */
export interface Received {
  method: string;
  headers: Record<string, string>;
  body: string;
}

/** What becomes of a request: a status, the line dropped after all was read, or nothing until it is let go. */
export type Behaviour = number | 'drop' | 'hold' | { redirect: string };

/** Somebody who is told, on a loopback address, until the test ends. */
export async function testReceiver() {
  const received: Received[] = [];
  const held: ServerResponse[] = [];
  let behave: (request: Received) => Behaviour = () => 200;
  const waiters = new Set<() => void>();
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const one = {
        method: request.method!,
        headers: request.headers as Record<string, string>,
        body,
      };
      received.push(one);
      for (const wake of waiters) wake();
      const behaviour = behave(one);
      if (behaviour === 'drop') request.socket.destroy();
      else if (behaviour === 'hold') held.push(response);
      else if (typeof behaviour === 'object')
        response.writeHead(302, { location: behaviour.redirect }).end();
      else response.writeHead(behaviour).end(behaviour >= 400 ? 'not now' : 'thanks');
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
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    behave: (next: (request: Received) => Behaviour): void => void (behave = next),
    /** Until so many requests have arrived. */
    async arrived(n: number): Promise<void> {
      while (received.length < n) {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiters.add(resolve);
        await promise;
        waiters.delete(resolve);
      }
    },
    letGo: (): void => held.splice(0).forEach((response) => response.writeHead(200).end()),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TestSite {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** Paths that were asked for, in order. */
  asked: string[];
  /** Resolves when so many were asked for. */
  askedTimes(count: number): Promise<void>;
}

/** Somebody else's server, on loopback, that answers as the test says. */
export async function startTestSite(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestSite> {
  const asked: string[] = [];
  const listeners: { count: number; done: () => void }[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    for (const { count, done } of listeners) if (asked.length >= count) done();
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    askedTimes: (count) =>
      asked.length >= count
        ? Promise.resolve()
        : new Promise((done) => listeners.push({ count, done })),
  };
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import { parentPort, Worker } from 'node:worker_threads';

/** A server whose answer takes no thought: what a bench of redirects is compared with. */
export interface BareRedirects {
  port: number;
  close(): Promise<void>;
}

export async function startBareRedirects(): Promise<BareRedirects> {
  const thread = new Worker(new URL(import.meta.url));
  const [port] = (await once(thread, 'message')) as [number];
  return { port, close: () => thread.terminate().then(() => undefined) };
}

if (parentPort) {
  const server = createServer((_request, response) => {
    response.writeHead(302, { location: 'https://shop.example/sale', 'cache-control': 'no-store' });
    response.end();
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    parentPort!.postMessage(typeof address === 'object' ? address?.port : 0);
  });
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** A request that another system was sent, as it wrote it down. */
export interface ReceivedCall {
  /** The same at every try. */
  webhookId: string;
  person: string;
}

export interface WebhookPeer {
  origin: string;
  calls: readonly ReceivedCall[];
  close(): Promise<void>;
}

/** Another system, which writes down every request before it answers. */
export async function startWebhookPeer(): Promise<WebhookPeer> {
  const calls: ReceivedCall[] = [];
  const server = createServer((request, response) => {
    json(request).then(
      (body) => {
        const webhookId = String(request.headers['webhook-id']);
        calls.push({ webhookId, person: (body as { person: string }).person });
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"heard":true}');
      },
      // A killed program breaks its requests off.
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    calls,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

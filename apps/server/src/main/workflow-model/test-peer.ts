import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANSWER_BYTES } from '../../calls/index.ts';
import { createEgress } from '../../egress/index.ts';
import { createSecretBox } from '../../secret/index.ts';

/** Another system on a loopback address that takes what it is asked at `/yes`, and nothing else. */
export async function startPeer() {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === '/yes' ? 200 : 400).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const egress = createEgress({ allow: ['127.0.0.1'], answerBytes: ANSWER_BYTES });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    egress,
    box: createSecretBox('a secret of this test'),
    async close(): Promise<void> {
      await egress.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type Peer = Awaited<ReturnType<typeof startPeer>>;

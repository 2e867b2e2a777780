import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TakenFile } from './taken-file.ts';

/** A message that a peer took, whatever it was written as. */
export interface PeerMail {
  ref: string;
  from: string;
  to: string;
  subject: string;
  /** Our key, as it would come back in a callback. */
  delivery: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  files: TakenFile[];
  /** The page for mail programs that know AMP. */
  amp?: string | undefined;
  /** Where the vendor keeps mail apart. */
  stream?: string;
}

export interface PeerRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface PeerReply {
  status: number;
  headers?: Record<string, string>;
  /** Text as it stands, anything else as JSON. */
  body?: unknown;
}

/** How a vendor's API answers; what it keeps between calls is its own. */
export interface PeerProtocol {
  /** Nothing if whoever asks may send. */
  stranger(request: PeerRequest): PeerReply | undefined;
  /** The call by which a provider is checked without sending; nothing for any other call. */
  check(request: PeerRequest): PeerReply | undefined;
  /** Takes messages, or says what is wrong with them. */
  take(request: PeerRequest, keep: (mail: Omit<PeerMail, 'ref'>) => string): Promise<PeerReply>;
  /** Too much at once; the headers say for how long. */
  throttled: PeerReply;
}

/**
 * Where a peer departs from good behaviour: it says *later* or *500*, stands behind a gateway that
 * gives up on it, closes the line or stays silent when it has taken the message, answers with a page,
 * or with one that never ends.
 */
export type Departure = 'throttle' | 'outage' | 'gateway' | 'drop' | 'hang' | 'page' | 'endless';

export interface ApiPeer {
  url: string;
  taken: PeerMail[];
  /** Calls that came, refused ones among them. */
  calls(): number;
  /** From now on, or so many times, it departs; undefined: it behaves. */
  depart(departure: Departure | undefined, times?: number): void;
  close(): Promise<void>;
}

/** The domain whose addresses the peers know to be none. */
export const NO_ADDRESS = 'no-address.invalid';
/** The domain that an account may send from. */
export const VERIFIED = 'shop.example';

/** A vendor's API on loopback. */
export async function startApiPeer(protocol: PeerProtocol): Promise<ApiPeer> {
  const taken: PeerMail[] = [];
  let script: { departure: Departure; times: number } | undefined;
  let calls = 0;

  const keep = (mail: Omit<PeerMail, 'ref'>): string => {
    const ref = `ref-${taken.length + 1}`;
    taken.push({ ...mail, ref });
    return ref;
  };

  function nextDeparture(): Departure | undefined {
    if (!script || script.times <= 0) return undefined;
    script.times -= 1;
    return script.departure;
  }

  async function answer(request: PeerRequest, response: ServerResponse): Promise<void> {
    calls += 1;
    const strange = protocol.stranger(request);
    if (strange) return reply(response, strange);
    const checked = protocol.check(request);
    const departure = nextDeparture();
    if (departure === 'throttle') return reply(response, protocol.throttled);
    if (departure === 'outage') return reply(response, { status: 500, body: 'Internal error' });
    if (departure === 'page') return reply(response, { status: 200, body: '<html>Welcome</html>' });
    if (departure === 'endless') return neverEnd(response);
    const said = checked ?? (await protocol.take(request, keep));
    if (departure === 'gateway') return reply(response, { status: 502, body: 'Bad gateway' });
    if (departure === 'hang') return;
    if (departure === 'drop') response.socket?.destroy();
    else reply(response, said);
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const { method = '', url: path = '' } = request;
      answer({ method, path, headers, body: Buffer.concat(chunks) }, response).catch(
        (error: Error) => reply(response, { status: 500, body: error.stack }),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    calls: () => calls,
    depart(departure, times = Infinity) {
      script = departure && { departure, times };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function reply(response: ServerResponse, { status, headers = {}, body = '' }: PeerReply): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/html' : 'application/json',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

/** JSON that begins well, and goes on. */
function neverEnd(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"id":"');
  const block = Buffer.alloc(64 * 1_024, 'a');
  const fill = (): void => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', fill);
  fill();
}

/** The domain of `Name <address>` or an address. */
export function domainOfMailbox(text: string): string {
  return /@([^@>\s]+)>?$/.exec(text)?.[1]?.toLowerCase() ?? '';
}

export function lowerNames(headers: Iterable<[string, string]>): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name.toLowerCase(), value]));
}

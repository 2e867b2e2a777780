import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** Where a scripted server departs from good behaviour. */
export type Step = 'greeting' | 'ehlo' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body' | 'end';
/** It stays silent, closes the line, talks without end, or says something else than usual. */
export type Departure = 'hang' | 'drop' | 'endless' | `${number} ${string}`;

export interface ScriptedSmtpServer {
  port: number;
  /** Messages taken with 250, as they came over the line. */
  accepted: string[];
  /** Senders of the envelopes, as each `MAIL FROM` named them. */
  returnPaths: string[];
  /** Lines that were opened so far. */
  connections(): number;
  /** From now on it departs at this step; undefined: it behaves. */
  departAt(step: Step | undefined, departure?: Departure): void;
  close(): Promise<void>;
}

/**
 * An SMTP server for tests that goes wrong exactly where it is told to: a library's server cannot
 * drop the line between two given bytes.
 */
export async function startScriptedSmtpServer({
  maxSize = 100_000_000,
  password,
}: {
  maxSize?: number;
  /** The only one that is let in; any, if absent. */
  password?: string;
} = {}): Promise<ScriptedSmtpServer> {
  const sockets = new Set<Socket>();
  const accepted: string[] = [];
  const returnPaths: string[] = [];
  let script: { step: Step; departure: Departure } | undefined;
  let connections = 0;
  const departureAt = (step: Step): Departure | undefined =>
    script?.step === step ? script.departure : undefined;

  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    converse(socket, {
      departureAt,
      accepted,
      returnPaths,
      maxSize,
      isKnown: (given) => password === undefined || given === password,
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: portOf(server),
    accepted,
    returnPaths,
    connections: () => connections,
    departAt(step, departure = 'drop') {
      script = step && { step, departure };
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}

interface Behaviour {
  departureAt(step: Step): Departure | undefined;
  accepted: string[];
  returnPaths: string[];
  maxSize: number;
  isKnown(password: string): boolean;
}

function converse(
  socket: Socket,
  { departureAt, accepted, returnPaths, maxSize, isKnown }: Behaviour,
): void {
  let waiting = '';
  let message: string | undefined;

  const act = (step: Step, usual: string): void => {
    const departure = departureAt(step);
    if (departure === 'drop') socket.destroy();
    else if (departure === 'endless') talkWithoutEnd(socket);
    else if (departure !== 'hang') socket.write(`${departure ?? usual}\r\n`);
  };

  function onCommand(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') act('ehlo', `250-test\r\n250-AUTH PLAIN\r\n250 SIZE ${maxSize}`);
    else if (verb === 'AUTH') {
      act('auth', isKnown(passwordOf(line)) ? '235 2.7.0 welcome' : '535 5.7.8 wrong');
    } else if (verb === 'MAIL') {
      returnPaths.push(/<(.*?)>/.exec(line)?.[1] ?? '');
      act('mail', '250 2.1.0 ok');
    } else if (verb === 'RCPT') act('rcpt', '250 2.1.5 ok');
    else if (verb === 'QUIT') socket.end('221 bye\r\n');
    else if (verb === 'DATA') {
      message = departureAt('data') ? undefined : '';
      act('data', '354 go ahead');
    } else socket.write('250 ok\r\n');
  }

  function onBody(text: string): string {
    message += text;
    const end = message!.indexOf('\r\n.\r\n');
    if (end < 0) {
      if (departureAt('body') === 'drop') socket.destroy();
      // Reads no more, so that the sender's end never leaves its own buffers.
      if (departureAt('body') === 'hang') socket.pause();
      return '';
    }
    const rest = message!.slice(end + 5);
    if (!departureAt('end')) accepted.push(message!.slice(0, end));
    message = undefined;
    act('end', '250 2.0.0 queued as AB12');
    return rest;
  }

  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    waiting += chunk;
    while (waiting !== '') {
      if (message !== undefined) {
        waiting = onBody(waiting);
        continue;
      }
      const end = waiting.indexOf('\r\n');
      if (end < 0) return;
      const line = waiting.slice(0, end);
      waiting = waiting.slice(end + 2);
      onCommand(line);
    }
  });
  act('greeting', '220 test ready');
}

function talkWithoutEnd(socket: Socket): void {
  const block = Buffer.alloc(64 * 1_024, 'x');
  const fill = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', fill);
  socket.write('250-');
  fill();
}

/** RFC 4616: `AUTH PLAIN`, then NUL, user, NUL, password, in base64. */
function passwordOf(line: string): string {
  const given = Buffer.from(line.split(' ').at(-1) ?? '', 'base64').toString('utf8');
  return given.split('\0').at(-1) ?? '';
}

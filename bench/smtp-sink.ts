import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { parentPort, Worker } from 'node:worker_threads';

/** An SMTP server that takes everything as fast as it comes and keeps only the count. */
export interface SmtpSink {
  port: number;
  close(): Promise<void>;
}

/** In a thread of its own, as the server of a provider is a machine of its own. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const thread = new Worker(new URL(import.meta.url));
  const [port] = (await once(thread, 'message')) as [number];
  return { port, close: () => thread.terminate().then(() => undefined) };
}

const END = Buffer.from('\r\n.\r\n');

function serve(socket: Socket): void {
  let inMessage = false;
  let tail: Buffer = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    let rest: Buffer = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
    tail = Buffer.alloc(0);
    while (rest.length > 0) {
      if (inMessage) {
        const end = rest.indexOf(END);
        if (end < 0) {
          tail = rest.subarray(-(END.length - 1));
          return;
        }
        inMessage = false;
        rest = rest.subarray(end + END.length);
        socket.write('250 2.0.0 queued\r\n');
        continue;
      }
      const end = rest.indexOf(10);
      if (end < 0) {
        tail = rest;
        return;
      }
      const verb = rest.toString('latin1', 0, 4).toUpperCase();
      rest = rest.subarray(end + 1);
      if (verb === 'QUIT') socket.end('221 bye\r\n');
      else if (verb === 'EHLO') socket.write('250-sink\r\n250 8BITMIME\r\n');
      else if (verb === 'DATA') {
        inMessage = true;
        socket.write('354 go\r\n');
      } else socket.write('250 ok\r\n');
    }
  });
  socket.write('220 sink\r\n');
}

if (parentPort) {
  const server = createServer(serve).listen(0, '127.0.0.1', () => {
    const address = server.address();
    parentPort!.postMessage(typeof address === 'object' ? address?.port : 0);
  });
}

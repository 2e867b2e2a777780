import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

export interface Received {
  to: string;
  messageId: string;
  subject: string;
}

export interface SmtpPeer {
  port: number;
  received: Received[];
  close(): Promise<void>;
}

/** A mail server that takes everything and remembers what it answered 250 to. */
export async function startSmtpPeer(): Promise<SmtpPeer> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        received.push({
          to: session.envelope.rcptTo[0]!.address,
          messageId: /^message-id: *(\S+)/im.exec(text)?.[1] ?? '',
          subject: /^subject: *(.+?)\r?$/im.exec(text)?.[1] ?? '',
        });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  // A killed client breaks its line.
  server.on('error', () => {});
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

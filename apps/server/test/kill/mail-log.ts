import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail that was taken, as the server's log tells it. */
export interface LoggedMail {
  to: string;
  subject: string;
}

export interface MailLog {
  port: number;
  /** In the order of arrival; whatever the sender made of the answer. */
  mails: readonly LoggedMail[];
  close(): Promise<void>;
}

/** An SMTP server that takes everything and writes it down before it answers. */
export async function startMailLog(): Promise<MailLog> {
  const mails: LoggedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, session, callback) {
      text(stream).then(
        (raw) => {
          const subject = /^Subject: (.*)$/im.exec(raw)?.[1]?.trim() ?? '';
          for (const { address } of session.envelope.rcptTo) mails.push({ to: address, subject });
          callback();
        },
        (error: Error) => callback(error),
      );
    },
  });
  // A killed program drops its lines.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    mails,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

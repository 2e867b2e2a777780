import { once } from 'node:events';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { findReturnAddresses } from './return-addresses.ts';
import { keyOf, takeReturnedMail, type ReturnParts, type TakenMail } from './take-returned-mail.ts';

/** A report carries at most the message it is about; ours are smaller. */
const MOST_BYTES = 10_000_000;
const MOST_CLIENTS = 50;
/** RFC 5321 §4.5.3.2 asks for five minutes; a peer that is silent for one is gone. */
const SILENCE_MS = 60_000;

export interface MailListener {
  port: number;
  stop(): Promise<void>;
}

interface Options extends ReturnParts {
  host: string;
  port: number;
  clock: () => Date;
  onTaken: (taken: TakenMail) => void;
  onError: (cause: unknown) => void;
}

/**
 * Takes mail for return addresses over SMTP: no relay, no log-in, nothing kept. A mail is answered
 * after what it says is committed; when that fails the peer is told to come again.
 */
export async function listenForMail({
  host,
  port,
  clock,
  onTaken,
  onError,
  ...parts
}: Options): Promise<MailListener> {
  const server = new SMTPServer({
    banner: 'return addresses only',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MOST_BYTES,
    maxClients: MOST_CLIENTS,
    socketTimeout: SILENCE_MS,
    closeTimeout: 1_000,
    onRcptTo({ address }, _session, done) {
      isOurs(parts, address).then(
        (ours) => done(ours ? null : refusal(550, '5.1.1 No such address here')),
        (cause: unknown) => {
          onError(cause);
          done(refusal(451, '4.3.0 Try again later'));
        },
      );
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        // What is beyond the limit is read, as the protocol wants it, and not kept.
        if (!stream.sizeExceeded) chunks.push(chunk);
      });
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(refusal(552, '5.3.4 Message too large'));
        const mail = { raw: Buffer.concat(chunks), to: recipientsOf(session), now: clock() };
        takeReturnedMail(parts, mail).then(
          (taken) => {
            onTaken(taken);
            done(null);
          },
          (cause: unknown) => {
            onError(cause);
            done(refusal(451, '4.3.0 Try again later'));
          },
        );
      });
    },
  });
  // A peer that hangs up, or does not speak the protocol, is no trouble of ours.
  server.on('error', () => undefined);
  server.listen(port, host);
  await once(server.server, 'listening');
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Addresses with a key of ours, and return addresses themselves: loops write to these. */
async function isOurs({ pool, keys }: ReturnParts, address: string): Promise<boolean> {
  if (keys.read(keyOf(address)) !== undefined) return true;
  return (await findReturnAddresses(pool, { address })) > 0;
}

function recipientsOf(session: SMTPServerSession): string[] {
  return session.envelope.rcptTo.map(({ address }) => address);
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SendOutcome } from '../../provider.ts';
import { sizeOf, type RawMail } from '../compose/raw-mail.ts';
import { BoundedSocket } from './bounded-socket.ts';
import type { SmtpSecrets, SmtpSettings } from './kind.ts';
import { outcomeOfFailure, type SmtpFailure, type SmtpStage } from './smtp-reply.ts';

export interface Mail {
  raw: RawMail;
  from: string;
  to: string;
}

/** One open, logged-in connection; sends one message at a time. */
export interface SmtpLine {
  send(mail: Mail): Promise<SendOutcome>;
  /** False once the line is of no more use. */
  readonly alive: boolean;
  /** Messages that went over it. */
  readonly used: number;
  close(): void;
}

export type OpenedLine = { ok: true; line: SmtpLine } | { ok: false; outcome: SendOutcome };

/** Connects, greets, secures and logs in. */
export async function openLine(settings: SmtpSettings, secrets: SmtpSecrets): Promise<OpenedLine> {
  const connection = new SMTPConnection(connectionOptions(settings));
  const failure = await new Promise<SmtpError | undefined>((settle) => {
    connection.once('error', settle);
    connection.once('end', () => settle({ message: 'The server closed the connection.' }));
    connection.connect((error) => {
      if (error) settle(error);
      else if (!settings.user) settle(undefined);
      else logIn(connection, settings.user, secrets.password ?? '', settle);
    });
  });
  if (!failure) return { ok: true, line: lineOver(connection) };
  connection.on('error', ignore);
  connection.close();
  return { ok: false, outcome: outcomeOfFailure({ stage: 'open', ...saidBy(failure) }) };
}

function connectionOptions(
  settings: SmtpSettings,
): ConstructorParameters<typeof SMTPConnection>[0] {
  return {
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    name: settings.client_name,
    connectionTimeout: settings.connect_timeout_ms,
    greetingTimeout: settings.greeting_timeout_ms,
    socketTimeout: settings.socket_timeout_ms,
    dnsTimeout: settings.connect_timeout_ms,
    allowInternalNetworkInterfaces: true,
    // The final dot is a small write behind a large one: with Nagle's algorithm it would wait for
    // the server's delayed acknowledgement, 40 ms for each message.
    socket: new BoundedSocket().setNoDelay(true),
    tls: { rejectUnauthorized: !settings.accept_any_certificate },
  };
}

function logIn(
  connection: SMTPConnection,
  user: string,
  password: string,
  settle: (error: SmtpError | undefined) => void,
): void {
  connection.login({ user, credentials: { user, pass: password } }, (error) =>
    settle(error ?? undefined),
  );
}

/** nodemailer's error, and what a connection that just ended counts as. */
interface SmtpError {
  message: string;
  code?: unknown;
  response?: unknown;
  responseCode?: unknown;
  command?: unknown;
}

function saidBy({ message, response, responseCode }: SmtpError): Omit<SmtpFailure, 'stage'> {
  return typeof response === 'string' && typeof responseCode === 'number'
    ? { reply: { code: responseCode, text: response } }
    : { trouble: message };
}

/** What nodemailer itself refuses to put on the line. */
function unsendable({ message, code, responseCode }: SmtpError): SendOutcome | undefined {
  if (responseCode !== undefined) return undefined;
  if (code === 'EMESSAGE')
    return { kind: 'rejected', reason: 'message too large', answer: message };
  if (code === 'EENVELOPE')
    return { kind: 'rejected', reason: 'address not valid', answer: message };
  return undefined;
}

function ignore(): void {}

type Sent = { ok: true; answer: string } | { ok: false; error: SmtpError };

function lineOver(connection: SMTPConnection): SmtpLine {
  let alive = true;
  let used = 0;
  let onDrop: (error: SmtpError) => void = ignore;
  const drop = (error: SmtpError): void => {
    alive = false;
    onDrop(error);
  };
  connection.removeAllListeners('error').removeAllListeners('end');
  connection.on('error', drop);
  connection.on('end', () => drop({ message: 'The server closed the connection.' }));

  return {
    get alive() {
      return alive;
    },
    get used() {
      return used;
    },
    async send(mail) {
      used += 1;
      if (needsUtf8(mail) && !takesUtf8(connection)) return NO_UTF8;
      const body = bodyOf(mail.raw);
      const sent = await new Promise<Sent>((settle) => {
        onDrop = (error) => settle({ ok: false, error });
        connection.send({ ...envelopeOf(mail), size: sizeOf(mail.raw) }, body, (error, info) =>
          settle(error ? { ok: false, error } : { ok: true, answer: info?.response ?? '' }),
        );
      });
      onDrop = ignore;
      if (sent.ok) return { kind: 'accepted', answer: sent.answer, ...queueName(sent.answer) };
      if (alive) alive = await startOver(connection);
      return (
        unsendable(sent.error) ??
        outcomeOfFailure({ stage: stageOf(sent.error, body), ...saidBy(sent.error) })
      );
    },
    close() {
      if (alive) connection.quit();
      alive = false;
    },
  };
}

/** A domain is written in ASCII; what stands before the @ has no such form (RFC 6531). */
function needsUtf8({ from, to }: Mail): boolean {
  // oxlint-disable-next-line no-control-regex -- all of ASCII
  return [from, to].some((address) => /[^\u0000-\u007f]/.test(address));
}

/** nodemailer keeps what the server offered to itself, and writes such addresses to any server. */
function takesUtf8(connection: SMTPConnection): boolean {
  const { _supportedExtensions: offered } = connection as unknown as {
    _supportedExtensions: readonly string[];
  };
  return offered.includes('SMTPUTF8');
}

const NO_UTF8: SendOutcome = {
  kind: 'rejected',
  reason: 'address needs SMTPUTF8',
  answer:
    'The address has letters beyond ASCII before the @, which this mail server does not take.',
};

function envelopeOf(mail: Mail): { from: string; to: string[] } {
  return { from: mail.from, to: [mail.to] };
}

/** Postfix and others name the message in their queue. */
function queueName(answer: string): { ref?: string } {
  const name = /queued as ([A-Za-z0-9.-]{1,100})/i.exec(answer)?.[1];
  return name ? { ref: name } : {};
}

/** After a refusal the session still holds the old envelope. */
function startOver(connection: SMTPConnection): Promise<boolean> {
  return new Promise((settle) => {
    const failed = (): void => settle(false);
    connection.once('error', failed);
    connection.once('end', failed);
    connection.reset((error) => {
      connection.off('error', failed);
      connection.off('end', failed);
      settle(!error);
    });
  });
}

interface Body extends Readable {
  progress: 'waiting' | 'flowing' | 'written';
}

/**
 * The message as a stream that knows how far it got. The connection asks for it only after the
 * server has agreed to take it (354), and pipes it to a stream that flows into the socket. That
 * stream's end comes behind the final dot, the point from which the server may have the message.
 * After a refusal the body is piped too, to be thrown away: nothing reads that stream.
 */
function bodyOf(raw: RawMail): Body {
  const body = new Readable({ read: ignore }) as Body;
  body.progress = 'waiting';
  body.pipe = (target) => {
    const reader = target as unknown as Readable;
    if (reader.readableFlowing !== null) {
      body.progress = 'flowing';
      reader.once('end', () => {
        body.progress = 'written';
      });
    }
    for (const piece of raw) target.write(piece);
    target.end();
    return target;
  };
  return body;
}

/** Where it failed. nodemailer names the command, except when the line drops. */
function stageOf({ command }: SmtpError, { progress }: Body): SmtpStage {
  if (progress === 'written') return 'handed_over';
  if (progress === 'flowing' || command === 'DATA') return 'data';
  return command === 'RCPT TO' ? 'recipient' : 'mail';
}

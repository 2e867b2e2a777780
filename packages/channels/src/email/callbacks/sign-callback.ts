import { createHmac, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A call as a vendor makes it, for tests: signed by the vendors' documents, not by our code. */
export interface SignedCall {
  headers: Record<string, string>;
  body: string;
}

export function signedBySendgrid(
  events: unknown,
  { key, now }: { key: KeyObject; now: Date },
): SignedCall {
  const body = JSON.stringify(events);
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': sign(
        'sha256',
        Buffer.from(timestamp + body),
        key,
      ).toString('base64'),
    },
  };
}

/** The key pair of an event webhook; the public half as SendGrid shows it. */
export function sendgridKeys(): { privateKey: KeyObject; shown: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privateKey,
    shown: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

export function signedByMailgun(
  event: unknown,
  { key, now }: { key: string; now: Date },
): SignedCall {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const token = randomBytes(25).toString('hex');
  const signature = createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex');
  return {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': event }),
  };
}

export function signedByResend(
  event: unknown,
  { secret, now }: { secret: string; now: Date },
): SignedCall {
  const body = JSON.stringify(event);
  const id = `msg_${randomBytes(12).toString('hex')}`;
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update([id, timestamp, body].join('.')).digest('base64');
  const headers = { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${mac}` };
  return { body, headers: { 'content-type': 'application/json', ...headers } };
}

/** Amazon SNS: a certificate, and what it writes. */
export interface SnsPeer {
  certificate: string;
  certificateUrl: string;
  call(message: Record<string, string>, options: { version?: '1' | '2'; now: Date }): SignedCall;
}

export const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:mail';

export function createSnsPeer(): SnsPeer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificateUrl =
    'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem';
  return {
    certificateUrl,
    certificate: selfSigned({ privateKey, publicKey }),
    call(message, { version = '2', now }) {
      const members: Record<string, string> = {
        MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
        TopicArn: TOPIC,
        Timestamp: now.toISOString(),
        ...message,
      };
      const text = Object.keys(members)
        .sort()
        .map((name) => `${name}\n${members[name]}\n`)
        .join('');
      const algorithm = version === '1' ? 'sha1' : 'sha256';
      const body = JSON.stringify({
        ...members,
        SignatureVersion: version,
        Signature: sign(algorithm, Buffer.from(text), privateKey).toString('base64'),
        SigningCertURL: certificateUrl,
      });
      return { body, headers: { 'content-type': 'text/plain; charset=UTF-8' } };
    },
  };
}

/** A certificate (RFC 5280) in the fewest bytes: DER by hand, because Node.js only reads them. */
function selfSigned({
  privateKey,
  publicKey,
}: {
  privateKey: KeyObject;
  publicKey: KeyObject;
}): string {
  const algorithm = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'));
  const commonName = sequence(Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('SNS')));
  const name = sequence(der(0x31, commonName));
  const dates = ['200101000000Z', '490101000000Z'].map((text) => der(0x17, Buffer.from(text)));
  const toSign = sequence(
    Buffer.from('a003020102020101', 'hex'),
    algorithm,
    name,
    sequence(...dates),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
  );
  const signature = sign('sha256', toSign, privateKey);
  const whole = sequence(toSign, algorithm, der(0x03, Buffer.concat([Buffer.alloc(1), signature])));
  return `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

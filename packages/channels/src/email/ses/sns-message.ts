import { createVerify, X509Certificate } from 'node:crypto';
import { membersOf, textMember, type JsonMembers } from '../api/read-json.ts';
import { instantOf, isRecent, type CallbackVerdict } from '../callbacks/callbacks.ts';

/** Amazon SNS, the only way by which SES calls a URL. */
const HOST = /^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

const SIGNED: Record<string, readonly string[]> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
};
const ALGORITHMS: Record<string, string> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' };

interface SnsParts {
  topic: string | undefined;
  now: Date;
  readDocument(url: string): Promise<string | undefined>;
}

/** Whether SNS wrote this, by the certificate that it names and that only SNS can publish. */
export async function verifySns(
  value: unknown,
  { topic, now, readDocument }: SnsParts,
): Promise<CallbackVerdict> {
  const message = membersOf(value);
  const text = message && signedText(message);
  const algorithm = ALGORITHMS[textMember(message, 'SignatureVersion') ?? ''];
  const url = textMember(message, 'SigningCertURL');
  const isOurs = topic === undefined || message?.['TopicArn'] === topic;
  if (!text || !algorithm || !url || !isOurs || !isSnsUrl(url, { certificate: true }))
    return 'forged';
  if (!isRecent(instantOf(message['Timestamp']), { now })) return 'forged';
  const certificate = await readDocument(url);
  if (certificate === undefined) return 'unknown';
  const signature = textMember(message, 'Signature') ?? '';
  return isSigned({ text, algorithm, signature, certificate }) ? 'genuine' : 'forged';
}

/** Names and values of the signed members, in the order of their names; undefined if one lacks. */
function signedText(message: JsonMembers): string | undefined {
  const type = textMember(message, 'Type') ?? '';
  const names = Object.hasOwn(SIGNED, type) ? SIGNED[type] : undefined;
  if (!names) return undefined;
  const present = names.filter((name) => name !== 'Subject' || message[name] != null);
  if (!present.every((name) => typeof message[name] === 'string')) return undefined;
  return present.map((name) => `${name}\n${String(message[name])}\n`).join('');
}

function isSigned({
  text,
  algorithm,
  signature,
  certificate,
}: {
  text: string;
  algorithm: string;
  signature: string;
  certificate: string;
}): boolean {
  try {
    const { publicKey } = new X509Certificate(certificate);
    return createVerify(algorithm).update(text).verify(publicKey, signature, 'base64');
  } catch {
    // What is no certificate proves nothing.
    return false;
  }
}

/** An address of SNS itself: whatever else a caller writes there is never fetched. */
export function isSnsUrl(text: string, { certificate = false } = {}): boolean {
  const url = URL.parse(text);
  if (!url || url.protocol !== 'https:' || url.port || url.username || url.password) return false;
  return (
    HOST.test(url.hostname) &&
    (!certificate || /^\/SimpleNotificationService-[\w-]+\.pem$/.test(url.pathname))
  );
}

import MimeNode from 'nodemailer/lib/mime-node';
import type { Mailbox } from './mailbox.ts';
import { oneLine } from './one-line.ts';

/** A header that names somebody, and the bare address as the envelope has it. */
export interface MailboxHeader {
  line: string;
  address: string;
}

/**
 * One header of a message, without its line end: control characters taken out, long ones folded, and
 * what is not ASCII in encoded words (RFC 2047). Empty for one that says nothing, which must not stand.
 */
export function textHeader(name: string, text: string): string {
  const value = oneLine(text);
  return plainLine(name, value) ?? nodeWith(name, value).buildHeaders();
}

export function mailboxHeader(name: string, mailbox: Mailbox): MailboxHeader {
  const plain = plainMailbox(mailbox);
  const line = plain && plainLine(name, plain);
  if (line !== undefined) return { line, address: mailbox.address };
  const [address = mailbox.address] = nodeWith('To', mailbox).getEnvelope().to;
  return { line: nodeWith(name, mailbox).buildHeaders(), address };
}

/** nodemailer writes every header; that takes many times as long as most of them need. */
function nodeWith(name: string, value: string | Mailbox): MimeNode {
  const node = new MimeNode(undefined, {
    rootNode: ROOT,
    baseBoundary: 'none',
    // It would spell some names in its own way: a header is spelled alike whatever it says.
    normalizeHeaderKey: () => name,
  });
  return node.setHeader(name, value);
}

/** Nodes below another write just the headers that they are given. */
const ROOT = new MimeNode('multipart/mixed', { baseBoundary: 'none' });

/** RFC 5322 §2.1.1 wants lines within 78 characters; nodemailer folds at this length. */
const FOLDED_AT = 76;
/** Of ASCII, nodemailer encodes what has quotes. */
const PLAIN = /^[!#-~](?:[ !#-~]*[!#-~])?$/;

/** Undefined where something is to be encoded or folded but before the whole value. */
function plainLine(name: string, value: string): string | undefined {
  if (!PLAIN.test(value)) return undefined;
  const line = `${name}: ${value}`;
  if (line.length < FOLDED_AT) return line;
  return value.includes(' ') ? undefined : `${name}:\r\n ${value}`;
}

const PLAIN_NAME = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;
const PLAIN_ADDRESS = /^[\w+-]+(?:\.[\w+-]+)*@(?:[a-z0-9][a-z0-9-]*\.)+[a-z][a-z0-9-]*$/;

function plainMailbox({ name, address }: Mailbox): string | undefined {
  if (!PLAIN_ADDRESS.test(address)) return undefined;
  if (name === '') return address;
  return PLAIN_NAME.test(name) ? `${name} <${address}>` : undefined;
}

import { createPrivateKey } from 'node:crypto';
import signatureOf from 'nodemailer/lib/dkim/sign';
import { bufferOf, joined, type RawMail } from './raw-mail.ts';
import { hashOfBody } from './relaxed-body.ts';

export interface DkimKey {
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
}

/**
 * RFC 6376 §5.4, with both headers of RFC 8058, which asks that they be signed. `rsa-sha256`,
 * relaxed/relaxed, without `l=`.
 */
const SIGNED_HEADERS = [
  'From',
  'Sender',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'To',
  'Cc',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'In-Reply-To',
  'References',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
].join(':');

/** Signs composed messages; throws at once if the key cannot be read. */
export function createDkimSigner({ domain, selector, privateKey }: DkimKey): {
  sign(raw: RawMail): RawMail;
} {
  // Parsed once: reading the PEM costs as much as a signature.
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'rsa') throw new Error('The DKIM key must be an RSA key.');
  const options = {
    domainName: domain,
    keySelector: selector,
    privateKey: key,
    headerFieldNames: SIGNED_HEADERS,
  };
  return {
    sign(raw) {
      const { headers, body } = partsOf(raw);
      const field = signatureOf(headers, 'sha256', hashOfBody(body), options);
      if (field === false) throw new Error('The DKIM key signed nothing.');
      const [first = NOTHING, ...files] = raw;
      // The signature stands before all else; attachments are not copied for each message.
      return [joined([Buffer.from(`${field}\r\n`), first]), ...files];
    },
  };
}

const NOTHING = Buffer.alloc(0);
const END_OF_HEAD = '\r\n\r\n';

interface Header {
  key: string;
  line: string;
}

function partsOf([first = NOTHING, ...files]: RawMail): { headers: Header[]; body: RawMail } {
  const bytes = bufferOf(first);
  const end = bytes.indexOf(END_OF_HEAD);
  return {
    headers: bytes
      .toString('latin1', 0, end)
      .split(/\r\n(?![ \t])/)
      .map(headerOf),
    body: [bytes.subarray(end + END_OF_HEAD.length), ...files],
  };
}

function headerOf(line: string): Header {
  return { key: line.slice(0, line.indexOf(':')).toLowerCase(), line };
}

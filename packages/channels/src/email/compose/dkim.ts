import { createPrivateKey } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import { sizeOf, type RawMail } from './raw-mail.ts';

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
  sign(raw: RawMail): Promise<RawMail>;
} {
  // Parsed once: reading the PEM costs as much as a signature.
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'rsa') throw new Error('The DKIM key must be an RSA key.');
  const signer = new DKIM({
    domainName: domain,
    keySelector: selector,
    privateKey: key,
    headerFieldNames: SIGNED_HEADERS,
  });
  return {
    async sign(raw) {
      const signed = await buffer(signer.sign(Readable.from(raw)));
      // The signature stands before all else; attachments are not copied for each message.
      return [signed.subarray(0, signed.length - sizeOf(raw)), ...raw];
    },
  };
}

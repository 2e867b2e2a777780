import { once } from 'node:events';
import fc from 'fast-check';
import RelaxedBody from 'nodemailer/lib/dkim/relaxed-body';
import { expect, test } from 'vitest';
import { encodeAttachment } from './attachment.ts';
import { composeEmail } from './compose-email.ts';
import { bufferOf, type RawMail } from './raw-mail.ts';
import { hashOfBody } from './relaxed-body.ts';

async function hashByLibrary(body: RawMail): Promise<string> {
  const stream = new RelaxedBody({ hashAlgo: 'sha256' });
  const hashed = once(stream, 'hash');
  stream.resume().end(Buffer.concat(body));
  return (await hashed)[0] as string;
}

function bodyOf([first, ...files]: RawMail): RawMail {
  const bytes = bufferOf(first!);
  return [bytes.subarray(bytes.indexOf('\r\n\r\n') + 4), ...files];
}

const texts = fc
  .array(fc.constantFrom('word', ' ', '  ', '\t', '\n', '\r\n', '\n\n', '.', 'ß'), {
    maxLength: 40,
  })
  .map((pieces) => pieces.join(''));

test('whatever is composed has the hash that nodemailer finds', async () => {
  const shop = { name: '', address: 'hello@shop.example' };
  const attachments = [
    { name: 'a b.txt', type: 'text/plain', size: 900, base64: encodeAttachment(Buffer.alloc(900)) },
  ];
  await fc.assert(
    fc.asyncProperty(texts, texts, fc.boolean(), async (text, html, hasFile) => {
      const { raw } = composeEmail({
        from: shop,
        to: shop,
        subject: 'Hi',
        text,
        html,
        messageId: 'd1@shop.example',
        date: new Date(0),
        boundary: 'b1',
        headers: {},
        ...(hasFile && { attachments }),
      });
      expect(hashOfBody(bodyOf(raw))).toBe(await hashByLibrary(bodyOf(raw)));
    }),
    { numRuns: 500 },
  );
});

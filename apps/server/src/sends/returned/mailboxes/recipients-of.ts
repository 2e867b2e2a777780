/** Headers in which servers write whom a mail was delivered to; `To` where they write nothing. */
const NAMES = new Set(['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to']);

const MOST_HEADER_BYTES = 200_000;
const MOST_RECIPIENTS = 50;

/** A mail in a folder has no envelope any more: the recipients as its headers name them. */
export function recipientsOf(raw: Uint8Array): string[] {
  const text = Buffer.from(raw.subarray(0, MOST_HEADER_BYTES)).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  // RFC 5322 §2.2.3: a line that begins with a space goes on with the one before it.
  const lines = text
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  const addresses = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    return NAMES.has(name) ? addressesIn(line.slice(colon + 1)) : [];
  });
  return [...new Set(addresses)].slice(0, MOST_RECIPIENTS);
}

function addressesIn(text: string): string[] {
  return text.match(/[^\s<>",;:()]+@[^\s<>",;:()]+/g) ?? [];
}

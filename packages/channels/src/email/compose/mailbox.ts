import addressparser from 'nodemailer/lib/addressparser';

export interface Mailbox {
  name: string;
  address: string;
}

/** Reads `Name <address>` or a bare address; undefined unless it is exactly one of them. */
export function parseMailbox(text: string): Mailbox | undefined {
  // A line break would start a header of the writer's own.
  if (/[\r\n]/.test(text)) return undefined;
  const [first, ...more] = addressparser(text);
  if (!first?.address || more.length > 0) return undefined;
  const { name, address } = first;
  return /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address) ? { name, address } : undefined;
}

import type { MemberReference } from '@perennial/contracts';

export interface Pasted {
  emails: string[];
  phones: string[];
  externalIds: string[];
}

const email = /^[^\s@<>"]+@[^\s@<>"]+$/;
const phone = /^\+\d[\d\s().-]{6,20}$/;

/**
 * What somebody copied out of a sheet or a mail: one a line, or between commas, semicolons or tabs;
 * `Ada <ada@example.com>` is the address. Only what begins with + is a phone: other digits are IDs.
 */
export function parsePasted(text: string): Pasted {
  const pasted: Pasted = { emails: [], phones: [], externalIds: [] };
  const entries = new Set(
    text
      .split(/[\n\r,;\t]+/)
      .map(clean)
      .filter(Boolean),
  );
  for (const entry of entries) {
    if (email.test(entry)) pasted.emails.push(entry);
    else if (phone.test(entry)) pasted.phones.push(entry);
    else pasted.externalIds.push(entry);
  }
  return pasted;
}

function clean(entry: string): string {
  const [, address] = /<([^<>]+)>\s*$/.exec(entry) ?? [];
  return (address ?? entry)
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
}

export function referencesOf({ emails, phones, externalIds }: Pasted): MemberReference[] {
  return [
    ...emails.map((value) => ({ email: value.slice(0, 254) })),
    ...phones.map((value) => ({ phone: value.slice(0, 50) })),
    ...externalIds.map((value) => ({ external_id: value.slice(0, 300) })),
  ];
}

/** A reference as it was typed. */
export function referenceText(reference: MemberReference): string {
  return typeof reference === 'string' ? reference : Object.values(reference)[0]!;
}

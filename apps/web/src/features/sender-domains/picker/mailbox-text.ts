import type { Sender, SenderDomain } from '@perennial/contracts';

type Named = Pick<Sender, 'name' | 'address'>;

/** As the header of a message has it: `Name <address>`, quoted where RFC 5322 asks for that. */
export function mailboxText({ name, address }: Named): string {
  if (name === '') return address;
  const written = /^[\p{L}\p{N} _-]+$/u.test(name)
    ? name
    : `"${name.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  return `${written} <${address}>`;
}

/** The address in what was typed; undefined while it is none yet, or Liquid that is filled in later. */
export function addressIn(text: string): string | undefined {
  const bare = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text;
  const address = bare.trim();
  return /^[^\s@<>{}]+@[^\s@<>{}]+\.[^\s@<>{}.]+$/.test(address) ? address : undefined;
}

/** Those of the senders that what was typed may mean; all while nothing was. */
export function sendersFor(typed: string, senders: readonly Sender[]): Sender[] {
  const asked = typed.trim().toLowerCase();
  return senders.filter((sender) =>
    `${mailboxText(sender)} ${sender.name} ${sender.domain}`.toLowerCase().includes(asked),
  );
}

/** The domain that stands for an address: its own, else the nearest above. */
export function domainFor<Domain extends Pick<SenderDomain, 'domain' | 'display'>>(
  address: string,
  domains: readonly Domain[],
): Domain | undefined {
  const own = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return domains
    .filter(({ domain, display }) =>
      [domain, display].some((each) => own === each || own.endsWith(`.${each}`)),
    )
    .sort((a, b) => b.domain.length - a.domain.length)[0];
}

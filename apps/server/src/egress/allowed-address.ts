import ipaddr from 'ipaddr.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Which addresses requests of this installation may go to. */
export interface AddressRules {
  /** Public, or named by the operator. */
  allows(address: string): boolean;
  /** Named by the operator. */
  names(address: string): boolean;
}

/**
 * Everything that is not plain public unicast is closed: loopback, private, link-local (and with it
 * the clouds' metadata), carrier-grade NAT, multicast, and what translates into one of them.
 */
export function createAddressRules(allow: readonly string[]): AddressRules {
  const ranges = allow.map(parseRange);
  const names = (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some(
      ([from, bits]) => from.kind() === parsed.kind() && within(parsed, from, bits),
    );
  };
  return {
    names,
    allows: (address) =>
      names(address) || (ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'),
  };
}

/** An address or a range, `10.0.0.0/8`; throws when it is neither. */
export function parseRange(text: string): Range {
  const [address = '', bits] = text.trim().split('/');
  if (bits !== undefined) return ipaddr.parseCIDR(text.trim());
  // "127.1" and "0177.0.0.1" are addresses to some programs and others to other ones.
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) {
    throw new Error(`"${text}" is no IP address.`);
  }
  const parsed = ipaddr.parse(address);
  return [parsed, parsed.kind() === 'ipv4' ? 32 : 128];
}

function within(
  address: ipaddr.IPv4 | ipaddr.IPv6,
  from: ipaddr.IPv4 | ipaddr.IPv6,
  bits: number,
): boolean {
  return address.match([from, bits] as [ipaddr.IPv4, number]);
}

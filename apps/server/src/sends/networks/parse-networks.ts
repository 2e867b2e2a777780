import ipaddr from 'ipaddr.js';

export const NETWORK_KINDS = ['data centre', 'mail scanner', 'people'] as const;
export type NetworkKind = (typeof NETWORK_KINDS)[number];

export interface Network {
  kind: NetworkKind;
  name: string;
}

/** A range of addresses, as lower-case hexadecimal digits of all their bits, which compare as they do. */
export interface NetworkRange {
  first: string;
  last: string;
  bits: number;
  network: Network;
}

export interface ParsedNetworks {
  ranges: NetworkRange[];
  /** Only these: what was known before is forgotten. */
  alone: boolean;
}

const HEADING = /^\[([a-z ]+)\]\s*(.*)$/;

/**
 * Reads a list of networks: `[KIND] NAME`, and below it a range a line; `[only these]` as the first line
 * leaves out what the program brings. Throws an error that names the file and the line.
 */
export function parseNetworks(text: string, file: string): ParsedNetworks {
  const ranges: NetworkRange[] = [];
  let network: Network | undefined;
  let alone = false;
  text.split(/\r?\n/).forEach((raw, i) => {
    const line = raw.replace(/#.*/, '').trim();
    const wrong = (message: string): Error => new Error(`${file}, line ${i + 1}: ${message}`);
    if (line === '') return;
    if (line === '[only these]') {
      if (network) throw wrong('[only these] comes before all networks.');
      alone = true;
      return;
    }
    const heading = HEADING.exec(line);
    if (heading) {
      const kind = NETWORK_KINDS.find((known) => known === heading[1]);
      if (!kind) throw wrong(`[${heading[1]}] is not one of ${NETWORK_KINDS.join(', ')}.`);
      network = { kind, name: heading[2] ?? '' };
      return;
    }
    if (!network) throw wrong('A range belongs below a heading like [data centre] Name.');
    const range = rangeOf(line);
    if (!range) throw wrong(`${line} is not an address or a range like 192.0.2.0/24.`);
    ranges.push({ ...range, network });
  });
  return { ranges, alone };
}

function rangeOf(text: string): Omit<NetworkRange, 'network'> | undefined {
  const [address = '', length] = text.split('/');
  const isWhole = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
  if (!isWhole || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const bytes = ipaddr.parse(address).toByteArray();
  const most = bytes.length * 8;
  const bits = length === undefined ? most : Number(length);
  if (bits > most) return undefined;
  return { first: edge(bytes, bits, 0), last: edge(bytes, bits, 255), bits };
}

/** The first or the last address of a range: the bits behind its length are all the same. */
function edge(bytes: readonly number[], bits: number, fill: 0 | 255): string {
  return hexOf(
    bytes.map((byte, i) => {
      const own = Math.min(8, Math.max(0, bits - i * 8));
      const behind = 255 >> own;
      return (byte & ~behind & 255) | (fill & behind);
    }),
  );
}

/** Of four bytes eight digits, of sixteen 32. */
export function hexOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

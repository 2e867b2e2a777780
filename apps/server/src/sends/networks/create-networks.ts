import ipaddr from 'ipaddr.js';
import { hexOf, type Network, type NetworkRange } from './parse-networks.ts';

export interface Networks {
  /** The network of the longest range that holds the address; undefined: none does, or it is no address. */
  find(address: string): Network | undefined;
}

/** From `first` on, until the next piece, addresses are of this network; undefined: of none. */
interface Piece {
  first: string;
  network: Network | undefined;
}

/** Ranges in each other become pieces beside each other, so that an address is found by halving. */
export function createNetworks(ranges: readonly NetworkRange[]): Networks {
  const short = piecesOf(ranges.filter(({ first }) => first.length === 8));
  const long = piecesOf(ranges.filter(({ first }) => first.length === 32));
  return {
    find(address) {
      if (!ipaddr.isValid(address)) return undefined;
      // Of an IPv4 address that is written as IPv6, the IPv4 address.
      const digits = hexOf(ipaddr.process(address).toByteArray());
      return networkAt(digits.length === 8 ? short : long, digits);
    },
  };
}

function networkAt(pieces: readonly Piece[], digits: string): Network | undefined {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle]!.first <= digits) low = middle + 1;
    else high = middle;
  }
  return pieces[low - 1]?.network;
}

function piecesOf(ranges: readonly NetworkRange[]): Piece[] {
  const pieces: Piece[] = [];
  // What the walk is inside of, the longest range last: ranges hold each other or lie apart.
  const open: NetworkRange[] = [];
  const close = (before: string | undefined): void => {
    while (open.length > 0 && (before === undefined || open.at(-1)!.last < before)) {
      const ended = open.pop()!;
      const first = nextOf(ended.last);
      if (first !== undefined) pieces.push({ first, network: open.at(-1)?.network });
    }
  };
  // Of equal ranges the one that was told last counts.
  const sorted = [
    ...new Map(ranges.map((range) => [`${range.first}/${range.bits}`, range])).values(),
  ];
  sorted.sort((a, b) => (a.first === b.first ? a.bits - b.bits : a.first < b.first ? -1 : 1));
  for (const range of sorted) {
    close(range.first);
    open.push(range);
    pieces.push({ first: range.first, network: range.network });
  }
  close(undefined);
  // Of pieces that begin at one place the last is the innermost, or what goes on behind an end.
  return pieces.filter(({ first }, i) => first !== pieces[i + 1]?.first);
}

/** Undefined behind the last address there is. */
function nextOf(digits: string): string | undefined {
  const next = (BigInt(`0x${digits}`) + 1n).toString(16).padStart(digits.length, '0');
  return next.length > digits.length ? undefined : next;
}

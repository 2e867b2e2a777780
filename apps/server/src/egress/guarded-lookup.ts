import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressRules } from './allowed-address.ts';

/** The installation does not let a request out. */
export class EgressForbidden extends Error {
  override name = 'EgressForbidden';
}

type Resolve = (
  host: string,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

const resolveAll: Resolve = (host, done) => lookup(host, { all: true, verbatim: true }, done);

/**
 * The look-up of a connection: what it answers is what is connected to, so that a name cannot lead
 * elsewhere between the question and the connection. One closed address closes the name.
 */
export function createGuardedLookup(
  rules: AddressRules,
  { resolve = resolveAll }: { resolve?: Resolve } = {},
): LookupFunction {
  return (host, { all, family }, callback) => {
    resolve(host, (error, found) => {
      if (error) return callback(error, '', 0);
      const closed = found.find(({ address }) => !rules.allows(address));
      if (closed) return callback(forbidden(host, closed.address), '', 0);
      const fitting = found.filter((each) => !family || each.family === family);
      const first = fitting[0];
      if (!first) return callback(new Error(`"${host}" has no address.`), '', 0);
      if (all) return callback(null, fitting);
      callback(null, first.address, first.family);
    });
  };
}

export function forbidden(host: string, address: string): EgressForbidden {
  const what = host === address ? address : `${host} (${address})`;
  return new EgressForbidden(
    `${what} is not a public address. The operator can allow it in PERENNIAL_ALLOW_EGRESS.`,
  );
}

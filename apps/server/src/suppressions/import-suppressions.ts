import { findChannel } from '@perennial/channels';
import type { suppressionImportResultSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { writeAudit } from '../audit/index.ts';
import { readPhoneCountry } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import { Problem, type Origin } from '../http/index.ts';
import { normalizeAddress } from './normalize-address.ts';
import type { SuppressionReason } from './queries.ts';
import { suppressAddresses } from './suppress-address.ts';

export interface SuppressionsToImport {
  workspaceId: number;
  by: Origin;
  channel: string;
  reason: SuppressionReason;
  /** As they were pasted. */
  addresses: readonly string[];
  details?: string | undefined;
  slots: number;
  now: Date;
}

/** Adds what is an address and was not known; the rest is answered by its place. One audit row. */
export async function importSuppressions(
  tx: Tx,
  { workspaceId, by, channel, reason, addresses, details, slots, now }: SuppressionsToImport,
): Promise<z.output<typeof suppressionImportResultSchema>> {
  if (!findChannel(channel)) {
    throw new Problem('unprocessable', {
      detail: `There is no channel "${channel}".`,
      errors: [{ path: '/channel', message: 'Not valid.', in: 'body' }],
    });
  }
  const country = await readPhoneCountry(tx, { workspaceId });
  const read = addresses.map((text, index) => ({
    index,
    text,
    address: normalizeAddress(channel, text, country),
  }));
  const valid = new Set(read.flatMap(({ address }) => address ?? []));
  const written = await suppressAddresses(tx, {
    suppressions: [...valid].map((address) => ({
      workspaceId,
      channel,
      address,
      reason,
      since: now,
      source: 'manual',
      by: by.actor.name,
      ...(details && { details }),
    })),
    slots,
    now,
  });
  const invalid = read.filter(({ address }) => address === undefined);
  if (written.length > 0) {
    await writeAudit(tx, {
      by,
      action: 'suppression.import',
      object: { kind: 'suppression', id: channel },
      after: { channel, reason, details: details ?? null, added: written.length },
    });
  }
  return {
    added: written.length,
    known: addresses.length - invalid.length - written.length,
    invalid: invalid.map(({ index, text }) => ({ index, address: text })),
  };
}

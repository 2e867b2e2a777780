import { SUPPRESSION_REASONS, type SuppressionReason } from '../../suppressions/index.ts';
import type { Gate } from './gate.ts';

/** Whatever it is, nothing may go to these. */
const ABSOLUTE: ReadonlySet<SuppressionReason> = new Set(['blacklisted', 'bounced', 'blocked']);

/** The strictest reason why an address must not be written to, if there is one. */
export function suppressionAgainst({
  reasons,
  transactional,
}: {
  reasons: readonly SuppressionReason[];
  transactional: boolean;
}): SuppressionReason | undefined {
  return SUPPRESSION_REASONS.find(
    (reason) => reasons.includes(reason) && (!transactional || ABSOLUTE.has(reason)),
  );
}

export const suppression: Gate = {
  key: 'suppression',
  ask({ candidates, transactional }) {
    const against = candidates.map(({ suppressed }) =>
      suppressionAgainst({ reasons: suppressed, transactional }),
    );
    const free = candidates.filter((_, i) => against[i] === undefined);
    const reasons = SUPPRESSION_REASONS.filter((reason) => against.includes(reason));
    if (free.length > 0 || candidates.length === 0) {
      return {
        passed: true,
        candidates: free,
        ...(reasons.length > 0 && { details: { left_out: reasons } }),
      };
    }
    return { passed: false, reason: reasons[0] ?? 'suppressed', details: { reasons } };
  },
};

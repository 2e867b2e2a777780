import type { Gate } from './gate.ts';

/** Candidates come newest first. */
export const address: Gate = {
  key: 'address',
  ask({ candidates, maxAddresses }) {
    const chosen = candidates.slice(0, maxAddresses);
    if (chosen.length === 0) return { passed: false, reason: 'no address' };
    return { passed: true, candidates: chosen, details: { addresses: chosen.length } };
  },
};

import type { Gate } from './gate.ts';

/** Candidates come newest first. */
export const address: Gate = {
  key: 'address',
  ask({ candidates, choice, maxAddresses }) {
    const chosen = candidates.slice(0, choice === 'last_seen' ? 1 : maxAddresses);
    if (chosen.length === 0) return { passed: false, reason: 'no address' };
    const left = candidates.length - chosen.length;
    return {
      passed: true,
      candidates: chosen,
      details: {
        addresses: chosen.length,
        ...(choice && { choice }),
        ...(left > 0 && { left_out: left }),
      },
    };
  },
};

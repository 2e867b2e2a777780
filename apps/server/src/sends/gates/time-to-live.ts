import type { Gate } from './gate.ts';

/** What would leave too late does not leave. */
export const timeToLive: Gate = {
  key: 'time_to_live',
  ask({ at, expiresAt, candidates }) {
    if (expiresAt === undefined) return { passed: true, candidates };
    const details = { expires: new Date(expiresAt).toISOString() };
    if (at < expiresAt) return { passed: true, candidates, details };
    return {
      passed: false,
      reason: 'expired',
      details: { ...details, would_leave: new Date(at).toISOString() },
    };
  },
};

import type { Candidate, Gate } from './gate.ts';

/** Marketing needs a yes; what was asked for or is owed goes to unconfirmed addresses too. */
export const consent: Gate = {
  key: 'consent',
  ask({ candidates, transactional }) {
    const willing = candidates.filter((candidate) => mayUse(candidate, transactional));
    const details = { states: [...new Set(candidates.map((candidate) => candidate.consent))] };
    if (willing.length > 0 || candidates.length === 0) {
      return { passed: true, candidates: willing, details };
    }
    return { passed: false, reason: candidates[0]?.consent ?? 'unconfirmed', details };
  },
};

function mayUse({ consent: state }: Candidate, transactional: boolean): boolean {
  return state === 'subscribed' || (state === 'unconfirmed' && transactional);
}

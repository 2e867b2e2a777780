import type { Gate } from './gate.ts';

/** Marketing about a topic goes to those who want to hear of one of its topics. */
export const category: Gate = {
  key: 'category',
  ask({ membership, transactional, candidates }) {
    if (!membership) return { passed: true, candidates };
    const details = { categories: [...membership.categories], in: [...membership.in] };
    if (transactional || membership.in.length > 0) return { passed: true, candidates, details };
    return { passed: false, reason: 'not in category', details };
  },
};

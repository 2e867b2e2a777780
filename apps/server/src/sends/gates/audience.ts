import type { Gate } from './gate.ts';

export const audience: Gate = {
  key: 'audience',
  ask({ recipient, candidates }) {
    if (!recipient.exists) return { passed: false, reason: 'no contact' };
    if (recipient.deleted) return { passed: false, reason: 'deleted' };
    return { passed: true, candidates };
  },
};

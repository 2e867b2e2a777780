import type { Gate } from './gate.ts';
import { leavesAt } from './leaves-at.ts';
import { openingAt } from './send-window.ts';

/** Marketing leaves within send hours; what waited for them leaves bit by bit. */
export const sendHours: Gate = {
  key: 'send_hours',
  ask({ hours: question, at, candidates }) {
    if (!question) return { passed: true, candidates };
    const opening = openingAt(question.hours, at);
    const until = leavesAt(question, at);
    if (!opening || until === undefined) {
      return {
        passed: false,
        reason: 'send hours never come',
        details: { zone: question.hours.zone },
      };
    }
    const details = {
      zone: question.hours.zone,
      opens: new Date(opening.from).toISOString(),
      closes: new Date(opening.to).toISOString(),
    };
    if (until === at) return { passed: true, candidates, details };
    return { until, details: { ...details, until: new Date(until).toISOString() } };
  },
};

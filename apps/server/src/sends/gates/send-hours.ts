import type { Gate } from './gate.ts';
import { openingAt, type LocalHours } from './send-window.ts';
import { spreadRelease } from './spread-release.ts';

/** Send hours that a message is bound to. */
export interface HoursQuestion {
  hours: LocalHours;
  contactId: number;
  /** What waited leaves within so long after the hours began. */
  releaseMs: number;
}

/** When a message that may leave at an instant does; undefined if the hours never come. */
export function leavesAt(
  { hours, contactId, releaseMs }: HoursQuestion,
  at: number,
): number | undefined {
  const opening = openingAt(hours, at);
  if (!opening) return undefined;
  return opening.from <= at ? at : spreadRelease({ opening, contactId, overMs: releaseMs });
}

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

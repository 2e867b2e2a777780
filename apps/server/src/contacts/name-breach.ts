import { whyNoName } from './check-name.ts';

/** Who sends what people wrote in forms of its own. */
const APPS = new Set(['identify', 'sdk', 'web', 'event', 'order', 'form', 'workflow', 'webhook']);

/** Longest name that an app may send. */
const LONGEST_SENT = 100;

/**
 * Why a first or last name is not stored, if it is not. What apps send is kept unless it cannot be
 * a name by its length: a person would lose it. Who types or imports can still correct it.
 */
export function nameBreach(name: string, source: string): string | undefined {
  if (!APPS.has(source)) return whyNoName(name);
  return Array.from(name).length > LONGEST_SENT
    ? `is longer than ${LONGEST_SENT} characters`
    : undefined;
}

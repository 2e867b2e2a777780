import type { IntlShape } from 'react-intl';
import type { Say } from '../../app/text.tsx';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What a gate saw, without the brackets of JSON: "states: subscribed". */
export function sayDetails(details: unknown, { t, intl }: { t: Say; intl: IntlShape }): string {
  if (!isObject(details)) return saidValue(details);
  const zone = typeof details['zone'] === 'string' ? details['zone'] : undefined;
  return Object.entries(details)
    .filter(([, value]) => !isNothing(value))
    .flatMap(([name, value]) =>
      name === 'rules' && Array.isArray(value)
        ? value.map(saidRule)
        : [`${name.replaceAll('_', ' ')}: ${saidValue(value)}`],
    )
    .join(' · ');

  function saidValue(value: unknown): string {
    if (Array.isArray(value)) return value.map(saidValue).join(', ');
    if (isObject(value)) return sayDetails(value, { t, intl });
    const text = String(value);
    return INSTANT.test(text) ? sayInstant(text, intl, zone) : text;
  }

  /** "cap-1: 2 of 2; “Sale” went first". */
  function saidRule(rule: unknown): string {
    if (!isObject(rule)) return saidValue(rule);
    const { rule: key, counted, most, went_first: first } = rule;
    const said = t('outbox.gate.rule', {
      rule: String(key),
      counted: Number(counted),
      most: Number(most),
    });
    if (!isObject(first)) return said;
    return `${said}; ${t('outbox.gate.wentFirst', {
      message: String(first['message']),
      priority: String(first['priority']),
    })}`;
  }
}

/** An instant by the clock of a zone that is named, or of whoever reads. */
export function sayInstant(at: string, intl: IntlShape, zone?: string): string {
  return intl.formatDate(at, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(zone !== undefined && { timeZone: zone }),
  });
}

/** What there is none of says nothing. */
function isNothing(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

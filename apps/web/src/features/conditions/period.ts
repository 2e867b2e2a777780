import { periods, type Json, type JsonObject, type PeriodKind } from '@perennial/conditions';

/** All kinds of period, in the order in which they are offered. */
export const PERIOD_KINDS: readonly PeriodKind[] = [
  'today',
  'yesterday',
  'this',
  'last',
  'previous',
  'longer_ago',
  'next',
  'between',
  'before',
  'after',
  'ever',
];

/** What a period is asked of: dates lie ahead as well, a streak needs complete units. */
export type PeriodUse = 'facts' | 'dates' | 'streak';

export function periodKindsOf(use: PeriodUse): readonly PeriodKind[] {
  if (use === 'streak') return ['previous'];
  return use === 'dates' ? PERIOD_KINDS : PERIOD_KINDS.filter((kind) => kind !== 'next');
}

const ROLLING = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const CALENDAR = ['day', 'week', 'month', 'quarter', 'year'] as const;

/** The units that a kind of period counts in; none where it counts nothing. */
export function unitsOf(kind: PeriodKind, use: PeriodUse): readonly string[] {
  if (use === 'streak') return ['day', 'week', 'month'];
  if (kind === 'last' || kind === 'longer_ago' || kind === 'next') return ROLLING;
  if (kind === 'previous') return CALENDAR;
  return kind === 'this' ? CALENDAR.slice(1) : [];
}

/** True for a kind that counts units. */
export function isCounted(kind: PeriodKind): boolean {
  return unitsOf(kind, 'dates').length > 0 && kind !== 'this';
}

/** True where a zone makes a difference: rolling lengths know none. */
export function isZoned(kind: PeriodKind): boolean {
  const definition: { zoned?: boolean } = periods[kind];
  return definition.zoned === true;
}

export function periodKind(period: Json | undefined): PeriodKind {
  const kind = (period as JsonObject | undefined)?.['kind'];
  return typeof kind === 'string' && Object.hasOwn(periods, kind) ? (kind as PeriodKind) : 'today';
}

/** The same period as another kind; what was given is kept where it still fits. */
export function withPeriodKind(period: JsonObject, kind: PeriodKind, use: PeriodUse): JsonObject {
  const { n, unit, from, to, at, zone } = period;
  const units = unitsOf(kind, use);
  const usual = kind === 'this' ? 'month' : 'day';
  const zoned = isZoned(kind) && use !== 'streak' ? { zone: zone ?? 'workspace' } : {};
  return {
    kind,
    ...(isCounted(kind) ? { n: n ?? (use === 'streak' ? 4 : 7) } : {}),
    ...(units.length > 0 ? { unit: units.includes(unit as string) ? unit! : usual } : {}),
    ...(kind === 'between' ? pick({ from: from ?? at, to }) : {}),
    ...(kind === 'before' || kind === 'after' ? pick({ at: at ?? from }) : {}),
    ...zoned,
  };
}

function pick(members: Record<string, Json | undefined>): JsonObject {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as JsonObject;
}

import type { EventTypeListItem } from '@perennial/contracts';

export interface Volume {
  today: number;
  total: number;
  /** By day, oldest first, today last. */
  days: readonly number[];
}

/** Volume of all types together that the choice keeps. */
export function volumeOf(
  types: readonly Pick<EventTypeListItem, 'key' | 'system' | 'days'>[],
  keep: (type: Pick<EventTypeListItem, 'key' | 'system'>) => boolean,
): Volume {
  const kept = types.filter(keep);
  const length = Math.max(0, ...kept.map((type) => type.days.length));
  const days = Array.from({ length }, (_, day) =>
    // Lists end today, so days are counted from the end.
    kept.reduce((sum, type) => sum + (type.days[type.days.length - length + day] ?? 0), 0),
  );
  return { days, today: days.at(-1) ?? 0, total: days.reduce((sum, day) => sum + day, 0) };
}

/** Part of the day for a greeting. */
export function partOfDay(hour: number): 'morning' | 'day' | 'evening' {
  if (hour >= 5 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'day' : 'evening';
}

/** Numbers that look random and are the same for the same place: mulberry32 over a hash. */
export function seeded(...place: (string | number)[]): number {
  let hash = 2166136261;
  for (const letter of place.join('/')) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  let state = (hash + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), 1 | state);
  state ^= state + Math.imul(state ^ (state >>> 7), 61 | state);
  return ((state ^ (state >>> 14)) >>> 0) / 4294967296;
}

export function pick<T>(options: readonly T[], ...place: (string | number)[]): T {
  return options[Math.floor(seeded(...place) * options.length)] as T;
}

const start = Date.now();

/** ISO instant this many minutes before the fixtures started. */
export function minutesAgo(minutes: number): string {
  return new Date(start - minutes * 60_000).toISOString();
}

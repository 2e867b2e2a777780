export interface EventType {
  key: string;
  name?: string | null;
  category?: string | null;
  /** All of them, where the server counts. */
  count?: number;
  count_24h?: number;
  /** Counts by day, oldest first, today last. */
  days?: number[];
  first_seen_at?: string | null;
  last_seen_at?: string | null;
}

export interface SchemaParameter {
  path: string;
  /** Names, or names with how often each was seen. */
  types: string[] | Record<string, number>;
  examples: unknown[];
  last_seen_at?: string | null;
}

export interface DayCount {
  day: string;
  count: number;
}

/** Names of the types, the most frequent first where counts are known. */
export function typeNames(types: SchemaParameter['types']): string[] {
  if (Array.isArray(types)) return types;
  return Object.entries(types)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name);
}

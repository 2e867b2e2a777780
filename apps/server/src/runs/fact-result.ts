import type { JsonObject } from '../inbox/index.ts';

/** A fact that a run waited for, as `$run.BLOCK` shows it. */
export function factResult({
  id,
  type,
  key,
  occurredAt,
  params,
}: {
  id: number;
  type: string;
  key?: string | null | undefined;
  occurredAt: number;
  params: JsonObject;
}): JsonObject {
  return {
    event: type,
    event_id: String(id),
    occurred_at: new Date(occurredAt).toISOString(),
    ...(key !== undefined && key !== null && { key }),
    params,
  };
}

/** The greatest ID of the facts that a run was started by or has heard: it hears none of them twice. */
export function heardUpTo(context: JsonObject, results: JsonObject): number {
  const ids = [context, ...Object.values(results)].map(eventIdOf);
  return Math.max(0, ...ids);
}

function eventIdOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const id = Number((value as { event_id?: unknown }).event_id ?? 0);
  return Number.isSafeInteger(id) ? id : 0;
}

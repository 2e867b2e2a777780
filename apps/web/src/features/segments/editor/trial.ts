import { parsePath, valuesAt, type EventContent, type Json } from '@perennial/conditions';
import { trialEventSchema, type TrialEvent } from '@perennial/contracts';
import { locate } from '../../../editor/locate.ts';
import { parseJson } from '../../../editor/parse-json.ts';
import { isReference } from '../../conditions/predicate.ts';
import type { EventSubject, Vocabulary } from '../../conditions/vocabulary.ts';

/** The paths that a rule takes from the event being handled, in their order, each once. */
export function eventPathsIn(definition: unknown): string[] {
  const paths = new Set<string>();
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const value = part as Json;
    if (isReference(value)) paths.add(String(value['$event']));
    else Object.values(part).forEach(look);
  };
  look(definition);
  return [...paths];
}

/** The event types in whose events all these paths were seen; those with the most of them else. */
export function eventTypesWith(
  { events }: Vocabulary,
  paths: readonly string[],
): readonly EventSubject[] {
  const wanted = paths.filter((path) => !path.startsWith('$'));
  const hits = (event: EventSubject) =>
    wanted.filter((path) => event.params.some(({ key }) => key === path)).length;
  const most = Math.max(0, ...events.map(hits));
  return most === 0 ? [] : events.filter((event) => hits(event) === most);
}

/** What an event has where a path leads; undefined: nothing, so that the rule holds for nobody. */
export function valueAt(path: string, event: EventContent): Json | undefined {
  const parsed = parsePath(path);
  if (!parsed.ok) return undefined;
  const values = valuesAt(parsed.path, event);
  return parsed.path.many && values.length > 0 ? values : values[0];
}

/** An event as it is written to be changed: what a rule can take values from. */
export function trialText({ params = {}, key, source, context }: TrialEvent): string {
  const told = {
    params,
    ...(key && { key }),
    ...(source && { source }),
    ...(context && { context }),
  };
  return JSON.stringify(told, null, 2);
}

export type WrittenTrial =
  { ok: true; content: TrialEvent } | { ok: false; message: string; at: number };

/** Reads what somebody wrote; what is wrong comes with its place in the text. */
export function readTrial(text: string): WrittenTrial {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  const read = trialEventSchema.safeParse(parsed.value);
  if (read.success) return { ok: true, content: read.data };
  const { message, path } = read.error.issues[0]!;
  return { ok: false, message, at: locate(text, `/${path.join('/')}`).from };
}

import type { EventSubject, Vocabulary } from '../../../conditions/vocabulary.ts';
import type { Subject } from '../../../conditions/subject.ts';
import type { Variable } from './scope.ts';

/** The parameters that were seen of an event type, as variables, each with a value that was seen. */
export function eventParams(key: unknown, { events }: Vocabulary): Variable[] {
  const event: EventSubject | undefined = events.find(({ value }) => value === key);
  return (event?.params ?? []).map(({ key: path, kind, seen }) => ({
    path,
    kind,
    hint: exampleOf(seen),
    seen,
  }));
}

function exampleOf(seen: Subject['seen']): string | undefined {
  const [first] = seen ?? [];
  if (first === undefined || first === null || first === '') return undefined;
  const text = typeof first === 'string' ? first : JSON.stringify(first);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

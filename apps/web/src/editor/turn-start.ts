import { startSchemas, type StartType } from '@perennial/blocks';

type Start = Readonly<Record<string, unknown>>;

/** What each way to start has, in the order in which it is written. */
const MEMBERS: Readonly<Record<StartType, readonly string[]>> = {
  event: ['event', 'where', 'segment', 'key', 'unique', 'max_age'],
  segment: ['segment', 'mode', 'existing', 'schedule'],
  event_segment: ['event', 'segment', 'where', 'key', 'unique', 'max_age'],
  field_change: ['field', 'from', 'to', 'any_source'],
  date: ['field', 'anniversary', 'offset', 'at', 'zone'],
  manual: [],
};

/** The ways to start, as the form offers them. */
export const startTypes = Object.keys(startSchemas) as StartType[];

/** Another way to start, with what the two have in common; a draft may lack the rest. */
export function turnStart(start: Start, type: StartType): Record<string, unknown> {
  const kept = Object.fromEntries(
    MEMBERS[type].flatMap((name) => (Object.hasOwn(start, name) ? [[name, start[name]]] : [])),
  );
  return { type, ...kept, ...(type === 'segment' && { mode: 'entry' }) };
}

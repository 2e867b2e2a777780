import { fillPlaces } from '@perennial/blocks';
import type { Json } from '@perennial/conditions';
import type { WorkflowGalleryItem } from '@perennial/contracts';

type Names = Readonly<Record<string, string>>;

export interface ShownDefinition {
  definition: Record<string, unknown>;
  /** What its messages and segments will be called, by the numbers that stand for them. */
  messages: ReadonlyMap<string, string>;
  segments: ReadonlyMap<string, string>;
}

/** A workflow of the gallery as it would be drawn, with numbers for what is not made yet. */
export function shownDefinition(
  item: WorkflowGalleryItem,
  { events, fields }: { events: Names; fields: Names },
): ShownDefinition {
  const messages = numbered(item.messages);
  const segments = numbered(item.segments);
  const definition = fillPlaces(item.definition as Record<string, Json>, {
    event: events,
    field: fields,
    message: numbersOf(messages),
    segment: numbersOf(segments),
  });
  return { definition, messages: namesOf(messages), segments: namesOf(segments) };
}

interface Numbered {
  key: string;
  name: string;
  number: string;
}

function numbered(made: readonly { key: string; name: string }[]): Numbered[] {
  return made.map(({ key, name }, i) => ({ key, name, number: String(i + 1) }));
}

function numbersOf(made: readonly Numbered[]): Record<string, string> {
  return Object.fromEntries(made.map(({ key, number }) => [key, number]));
}

function namesOf(made: readonly Numbered[]): ReadonlyMap<string, string> {
  return new Map(made.map(({ number, name }) => [number, name]));
}

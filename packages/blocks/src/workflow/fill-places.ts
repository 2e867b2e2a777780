import type { Json } from '@perennial/conditions';

/** What can stand in the places of a definition that comes with the program. */
export type PlaceKind = 'event' | 'field' | 'segment' | 'message' | 'text';

/** By kind, then by the name of the place. */
export type Places = Readonly<Partial<Record<PlaceKind, Readonly<Record<string, string>>>>>;

const PLACE = /^\[\[(event|field|segment|message|text):([a-z_]+)\]\]$/;

/**
 * A definition with the workspace's own names and IDs in the places that are left for them
 * (`[[event:signed_up]]`). A place for which nothing is known stays as it is.
 */
export function fillPlaces<Value extends Json>(value: Value, places: Places): Value {
  return filled(value, places) as Value;
}

function filled(value: Json, places: Places): Json {
  if (typeof value === 'string') return textFor(value, places);
  if (Array.isArray(value)) return value.map((item: Json) => filled(item, places));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, filled(member, places)]),
  );
}

function textFor(text: string, places: Places): string {
  const [, kind, name] = PLACE.exec(text) ?? [];
  return kind && name ? (places[kind as PlaceKind]?.[name] ?? text) : text;
}

/** The places that a definition has, each as often as it stands there. */
export function placesIn(value: Json): { kind: PlaceKind; name: string }[] {
  if (typeof value === 'string') {
    const [, kind, name] = PLACE.exec(value) ?? [];
    return kind && name ? [{ kind: kind as PlaceKind, name }] : [];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap((member) => placesIn(member));
}

import type { Field, FieldArrangement, FieldGroup } from '@perennial/contracts';

/** A group with its fields in order; null holds those in no group and stands last. */
export interface Shelf {
  /** Null for the last one. */
  group: FieldGroup | null;
  fields: Field[];
}

/** Custom fields as they stand in their groups, empty groups too. */
export function shelvesOf(groups: readonly FieldGroup[], fields: readonly Field[]): Shelf[] {
  const byGroup = Map.groupBy(fields, (field) => field.group);
  return [
    ...groups.map((group) => ({ group, fields: byGroup.get(group.name) ?? [] })),
    { group: null, fields: byGroup.get(null) ?? [] },
  ];
}

/** A place among the shelves. */
export interface Place {
  shelf: number;
  /** The field stands before the one that is there now. */
  index: number;
}

export function placeOf(shelves: readonly Shelf[], id: string): Place | undefined {
  for (const [shelf, { fields }] of shelves.entries()) {
    const index = fields.findIndex((field) => field.id === id);
    if (index >= 0) return { shelf, index };
  }
  return undefined;
}

/** Takes a field to another place. */
export function moveField(shelves: readonly Shelf[], id: string, to: Place): Shelf[] {
  const from = placeOf(shelves, id);
  const field = from && shelves[from.shelf]?.fields[from.index];
  if (!from || !field) return [...shelves];
  // Taken out first, what stood behind it moves up.
  const index = from.shelf === to.shelf && from.index < to.index ? to.index - 1 : to.index;
  return shelves.map((shelf, n) => {
    const left = shelf.fields.filter((each) => each.id !== id);
    return n === to.shelf
      ? { ...shelf, fields: left.toSpliced(index, 0, field) }
      : { ...shelf, fields: left };
  });
}

/** One step up or down, over the border of a group into the next one. */
export function stepField(shelves: readonly Shelf[], id: string, step: 1 | -1): Shelf[] {
  const at = placeOf(shelves, id);
  if (!at) return [...shelves];
  const { length } = shelves[at.shelf]!.fields;
  if (step < 0 && at.index > 0) return moveField(shelves, id, { ...at, index: at.index - 1 });
  if (step > 0 && at.index < length - 1)
    return moveField(shelves, id, { ...at, index: at.index + 2 });
  const next = shelves[at.shelf + step];
  if (!next) return [...shelves];
  const index = step < 0 ? next.fields.length : 0;
  return moveField(shelves, id, { shelf: at.shelf + step, index });
}

/** Swaps a group with its neighbour; those in no group stay last. */
export function stepGroup(shelves: readonly Shelf[], at: number, step: 1 | -1): Shelf[] {
  const one = shelves[at];
  const other = shelves[at + step];
  if (!one?.group || !other?.group) return [...shelves];
  return shelves.map((shelf, n) => (n === at ? other : n === at + step ? one : shelf));
}

/** The order as the server takes it. */
export function arrangementOf(shelves: readonly Shelf[]): FieldArrangement {
  return {
    groups: shelves.map(({ group, fields }) => ({
      name: group?.name ?? null,
      fields: fields.flatMap(({ id }) => (id === null ? [] : [id])),
    })),
  };
}

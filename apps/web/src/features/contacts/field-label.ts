import type { CardField } from './edit/card-field.ts';

/** What a field is called; one that there is no more by its key. */
export function fieldLabel(
  key: string,
  { system, groups }: { system: CardField[]; groups: { fields: CardField[] }[] },
): string {
  const fields = [...system, ...groups.flatMap((group) => group.fields)];
  return fields.find((field) => field.key === key)?.label ?? key.replace(/^custom\./, '');
}

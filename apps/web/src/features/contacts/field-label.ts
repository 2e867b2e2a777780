import type { CardField } from './edit/card-field.ts';

/** The fields of a workspace, as `useCardFields` gives them. */
interface Fields {
  system: readonly CardField[];
  groups: readonly { fields: readonly CardField[] }[];
}

/** What a field is called; one that there is no more by its key. */
export function fieldLabel(key: string, fields: Fields): string {
  return findField(key, fields)?.label ?? key.replace(/^custom\./, '');
}

/** Whether there is such a field on the card. */
export function hasField(key: string, fields: Fields): boolean {
  return findField(key, fields) !== undefined;
}

function findField(key: string, { system, groups }: Fields): CardField | undefined {
  return [...system, ...groups.flatMap((group) => group.fields)].find((field) => field.key === key);
}

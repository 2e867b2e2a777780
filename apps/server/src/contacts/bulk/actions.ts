import type { bulkActionSchema, BulkActionKind } from '@perennial/contracts';
import type { z } from 'zod';
import type { Identifier, InboxItem, ItemOutcome } from '../../inbox/index.ts';

export type Action = z.output<typeof bulkActionSchema>;
/** Takes back what that job did. */
export interface TakeBack {
  kind: 'take_back';
  action: Action;
  job: number;
}
type Of<Kind extends BulkActionKind> = Extract<Action, { kind: Kind }>;

/** Who did it, when, as which job. */
interface Doing {
  at: number;
  by: string;
  job: number;
}

/** One kind of bulk action that is an item for each contact. */
interface ItemAction<Kind extends BulkActionKind> {
  item: (action: Of<Kind>, ids: Identifier[], doing: Doing) => InboxItem;
  /** Whether the contact is another than before, as far as that is told. */
  changed?: (outcome: Extract<ItemOutcome, { ok: true }>) => boolean;
  /** What takes it back, for the contacts that were changed. */
  undo?: (action: Of<Kind>, job: number) => Action | TakeBack;
}

type ItemActions = { [Kind in Exclude<BulkActionKind, 'unsubscribe'>]: ItemAction<Kind> };

const hasChanged = (outcome: { [key: string]: unknown }): boolean =>
  Number(outcome['changed'] ?? 0) > 0;

export const itemActions: ItemActions = {
  add_to_list: {
    item: ({ list }, ids, { at }) => ({
      ...base(ids, at),
      kind: 'membership',
      lists: { add: [list] },
    }),
    changed: hasChanged,
    undo: ({ list }) => ({ kind: 'remove_from_list', list }),
  },
  remove_from_list: {
    item: ({ list }, ids, { at }) => ({
      ...base(ids, at),
      kind: 'membership',
      lists: { remove: [list] },
    }),
    changed: hasChanged,
    undo: ({ list }) => ({ kind: 'add_to_list', list }),
  },
  set_field: {
    item: ({ field, value }, ids, { at, job }) => ({
      ...base(ids, at),
      kind: 'identify',
      fields: { [field]: value },
      mustExist: true,
      restore: false,
      strict: true,
      remember: job,
    }),
    changed: hasChanged,
    undo: takeBack,
  },
  add_category: {
    item: ({ category }, ids, doing) => consent(ids, doing, { [category]: true }),
    changed: hasChanged,
    undo: takeBack,
  },
  remove_category: {
    item: ({ category }, ids, doing) => consent(ids, doing, { [category]: false }),
    changed: hasChanged,
    undo: takeBack,
  },
  delete: {
    item: (_action, ids, { at }) => ({ ...base(ids, at), kind: 'delete' }),
    changed: () => true,
    undo: () => ({ kind: 'restore' }),
  },
  restore: {
    item: (_action, ids, { at }) => ({
      ...base(ids, at),
      kind: 'identify',
      fields: {},
      mustExist: true,
      restore: true,
    }),
    changed: () => true,
    undo: () => ({ kind: 'delete' }),
  },
};

function takeBack(action: Action, job: number): TakeBack {
  return { kind: 'take_back', action, job };
}

export function itemsOf(
  action: Exclude<Action, Of<'unsubscribe'>> | TakeBack,
  { ids, ...doing }: Doing & { ids: number[] },
): InboxItem[] {
  if (action.kind === 'take_back') {
    const { job } = action;
    return ids.map((id) => ({ ...base(nameOf(id), doing.at), kind: 'take_back', job }));
  }
  const itemOf = itemActions[action.kind].item as (typeof itemActions)['delete']['item'];
  return ids.map((id) => itemOf(action as never, nameOf(id), doing));
}

function nameOf(id: number): Identifier[] {
  return [['contact', String(id)]];
}

function base(ids: Identifier[], at: number) {
  return { ids, at, source: 'manual' as const };
}

function consent(
  ids: Identifier[],
  { at, by, job }: Doing,
  categories: Record<string, boolean>,
): InboxItem {
  return { ...base(ids, at), kind: 'consent', consent: { categories, by }, remember: job };
}

/** Fields that say who a contact is: one value for many contacts would be wrong. */
export const IDENTIFYING = new Set(['email', 'phone', 'external_id', 'contact_key']);

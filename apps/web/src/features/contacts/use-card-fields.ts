import type { Field } from '@perennial/contracts';
import { useMemo } from 'react';
import { useList } from '../../app/data.ts';
import { cardField, type CardField } from './edit/card-field.ts';

interface CardGroup {
  /** Null for the fields that stand in no group. */
  name: string | null;
  fields: CardField[];
}

interface CardFields {
  system: CardField[];
  /** Custom fields in the order of the workspace. */
  groups: CardGroup[];
  loading: boolean;
}

/** The fields of the workspace as a card shows them. */
export function useCardFields(): CardFields {
  const fields = useList<Field>('/fields', { query: { limit: 500 } });
  const { items } = fields;
  const sorted = useMemo(() => {
    const groups = Map.groupBy(
      items.filter((field) => !field.system),
      (field) => field.group,
    );
    return {
      system: items.filter((field) => field.system).map(cardField),
      groups: [...groups].map(([name, members]) => ({ name, fields: members.map(cardField) })),
    };
  }, [items]);
  return { ...sorted, loading: fields.loading };
}

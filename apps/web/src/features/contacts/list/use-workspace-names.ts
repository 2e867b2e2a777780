import type { Category, Field, Segment } from '@perennial/contracts';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { useList } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';
import { valueWord } from '../value-words.ts';
import { subjectsOf, type Subject } from './subjects.ts';

export interface WorkspaceNames {
  fields: readonly Field[];
  /** What can be shown, set and exported of a contact, by the names that people gave it. */
  subjects: readonly Subject[];
  segments: readonly Segment[];
  categories: readonly Category[];
}

/** The workspace's fields, lists and categories, for what is done with many contacts. */
export function useWorkspaceNames(): WorkspaceNames {
  const intl = useIntl();
  const t = useText();
  const fields = useList<Field>('/fields', { query: { limit: 500 } });
  const segments = useList<Segment>('/segments', { query: { limit: 500 } });
  const categories = useList<Category>('/categories', { query: { limit: 500 } });
  const subjects = useMemo(
    () => subjectsOf(fields.items, t, (field, value) => valueWord(field, value, intl)),
    [fields.items, t, intl],
  );
  return {
    fields: fields.items,
    subjects,
    segments: segments.items,
    categories: categories.items,
  };
}

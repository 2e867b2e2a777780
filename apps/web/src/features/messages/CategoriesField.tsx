import { MultiSelect } from '@mantine/core';
import type { Category } from '@perennial/contracts';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import classes from './MessageEditor.module.css';

/** Which topics a message is about: marketing goes only to those who are in one of them. */
export function CategoriesField({
  value,
  readOnly,
  onChange,
}: {
  value: string[];
  readOnly: boolean;
  onChange: (categories: string[]) => void;
}) {
  const t = useText();
  const { items } = useList<Category>('/categories', { query: { archived: 'true' } });
  const offered = items
    .filter(({ key, archived_at }) => archived_at === null || value.includes(key))
    .map(({ key, name, archived_at }) => ({
      value: key,
      label: archived_at === null ? name : t('messages.categories.archived', { name }),
    }));
  // Before there are any, the field would only take room.
  if (offered.length === 0) return null;
  return (
    <MultiSelect
      className={classes.categories ?? ''}
      label={t('messages.categories')}
      placeholder={value.length === 0 ? t('messages.categories.everybody') : ''}
      data={offered}
      value={value}
      readOnly={readOnly}
      searchable
      clearable={!readOnly}
      onChange={onChange}
    />
  );
}

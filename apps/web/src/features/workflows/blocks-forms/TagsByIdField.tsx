import { MultiSelect } from '@mantine/core';
import type { Tag } from '@perennial/contracts';
import { useList } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';

interface TagsByIdFieldProps {
  label: string;
  description?: string;
  error: string | undefined;
  value: unknown;
  onChange: (ids: string[]) => void;
}

/** Picks tags; what is kept is their IDs, so that a new name changes nothing. */
export function TagsByIdField({ value, description, ...input }: TagsByIdFieldProps) {
  const t = useText();
  const { items } = useList<Tag>('/tags', { query: { limit: 500 } });
  const ids = Array.isArray(value) ? value.map(String) : [];
  const known = new Set(items.map(({ id }) => id));
  return (
    <MultiSelect
      {...input}
      {...(description === undefined ? {} : { description })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={ids.length === 0 ? t('choiceForm.tags.none') : ''}
      nothingFoundMessage={t('choiceForm.tags.unknown')}
      data={[
        ...items.map(({ id, name }) => ({ value: id, label: name })),
        ...ids.filter((id) => !known.has(id)).map((id) => ({ value: id, label: id })),
      ]}
      searchable
      hidePickedOptions
      maxValues={50}
      value={ids}
    />
  );
}

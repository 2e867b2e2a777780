import { Select } from '@mantine/core';
import { useText } from '../../../../app/text.tsx';
import type { Vocabulary } from '../../../conditions/vocabulary.ts';

interface FieldSelectProps {
  label: string;
  vocabulary: Vocabulary;
  /** Those that may be chosen; all unless given. */
  only?: (field: { key: string; kind: string }) => boolean;
  value: string;
  onChange: (field: string) => void;
  error?: string | undefined;
  /** Whether its name stands above it. */
  named?: boolean;
}

/** A field of the contact by its name, grouped as the workspace groups them. */
export function FieldSelect(props: FieldSelectProps) {
  const { label, vocabulary, only, value, onChange, error, named } = props;
  const t = useText();
  const offered = vocabulary.fields.filter((field) => only?.(field) ?? true);
  const groups = Map.groupBy(offered, ({ isCustom, group }) =>
    isCustom ? (group ?? t('conditions.group.custom')) : t('conditions.group.fields'),
  );
  const isKnown = value === '' || offered.some(({ key }) => key === value);
  return (
    <Select
      {...(named ? { label } : { 'aria-label': label })}
      placeholder={t('blockForms.field.choose')}
      nothingFoundMessage={t('blockForms.nothing')}
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
      data={[
        ...(isKnown ? [] : [{ value, label: value.replace(/^custom\./, '') }]),
        ...[...groups].map(([group, fields]) => ({
          group,
          items: fields.map(({ key, label: name }) => ({ value: key, label: name })),
        })),
      ]}
      error={error}
      value={value === '' ? null : value}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  );
}

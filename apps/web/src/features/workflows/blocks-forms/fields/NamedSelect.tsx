import { Select } from '@mantine/core';
import { useText } from '../../../../app/text.tsx';
import type { Choice } from '../../../conditions/subject.ts';

interface NamedSelectProps {
  label: string;
  description?: string | undefined;
  placeholder?: string | undefined;
  options: readonly Choice[];
  value: unknown;
  onChange: (value: string | undefined) => void;
  error?: string | undefined;
  /** Whether nothing is a choice, too. */
  clearable?: boolean;
}

/** One of the workspace's things by its name; what is there no more is shown by its key. */
export function NamedSelect(props: NamedSelectProps) {
  const { label, description, placeholder, options, value, onChange, error, clearable } = props;
  const t = useText();
  const key = typeof value === 'string' && value !== '' ? value : null;
  const isKnown = key === null || options.some((option) => option.value === key);
  const data = options.map((option) => ({ value: option.value, label: option.label }));
  return (
    <Select
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      placeholder={placeholder ?? t('blockForms.choose')}
      nothingFoundMessage={t('blockForms.nothing')}
      data={isKnown ? data : [...data, { value: key, label: t('blockForms.gone', { key }) }]}
      searchable
      limit={200}
      maxDropdownHeight={320}
      clearable={clearable ?? false}
      allowDeselect={false}
      error={isKnown ? error : (error ?? t('blockForms.gone.hint'))}
      value={key}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}

import { useText } from '../../../app/text.tsx';
import { NamedSelect } from './fields/NamedSelect.tsx';
import type { BlockFormProps } from './form-props.ts';

/** The list that the contact comes into or leaves. */
export function ListForm({ settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  return (
    <NamedSelect
      label={t('blockForms.list')}
      options={scope.vocabulary.segments.filter(({ kind }) => kind === 'list')}
      value={settings['list']}
      onChange={(list) => onChange({ ...settings, list })}
      error={errorAt('/list')}
    />
  );
}

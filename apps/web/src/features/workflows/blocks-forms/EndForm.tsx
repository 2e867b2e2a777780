import { TextInput } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { plainText } from './fields/literals.tsx';
import type { BlockFormProps } from './form-props.ts';
import { withMembers } from './with-members.ts';

/** Why the run ends here. */
export function EndForm({ settings, onChange, errorAt }: BlockFormProps) {
  const t = useText();
  return (
    <TextInput
      label={t('blockForms.end.reason')}
      description={t('blockForms.end.reason.hint')}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      dir="auto"
      maxLength={200}
      error={errorAt('/reason')}
      value={plainText(settings['reason'])}
      onChange={({ currentTarget }) =>
        onChange(withMembers(settings, { reason: currentTarget.value || undefined }))
      }
    />
  );
}

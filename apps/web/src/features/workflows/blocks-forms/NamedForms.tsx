import { TextInput } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { plainText } from './fields/literals.tsx';
import type { BlockFormProps } from './form-props.ts';
import { withMembers } from './with-members.ts';

/** What is reached here. */
export function GoalForm(props: BlockFormProps) {
  const t = useText();
  return <NameInput {...props} description={t('blockForms.goal.name.hint')} />;
}

/** What the place is called. */
export function CheckpointForm(props: BlockFormProps) {
  const t = useText();
  return <NameInput {...props} description={t('blockForms.checkpoint.name.hint')} />;
}

interface NameInputProps extends BlockFormProps {
  description: string;
}

function NameInput({ settings, onChange, errorAt, description }: NameInputProps) {
  const t = useText();
  return (
    <TextInput
      label={t('blockForms.name')}
      description={description}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      dir="auto"
      maxLength={100}
      error={errorAt('/name')}
      value={plainText(settings['name'])}
      onChange={({ currentTarget }) =>
        onChange(withMembers(settings, { name: currentTarget.value || undefined }))
      }
    />
  );
}

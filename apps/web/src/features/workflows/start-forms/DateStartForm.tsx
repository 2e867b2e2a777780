import { Checkbox, TextInput } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { FieldSelect } from '../blocks-forms/fields/FieldSelect.tsx';
import { plainText } from '../blocks-forms/fields/literals.tsx';
import { OffsetField } from '../blocks-forms/fields/OffsetField.tsx';
import { ZoneField } from '../blocks-forms/fields/ZoneField.tsx';
import type { Settings } from '../blocks-forms/form-props.ts';
import { withMembers } from '../blocks-forms/with-members.ts';
import type { PartFormProps } from './part-props.ts';

/** A date of the contact, each year again if wanted, and how far from it. */
export function DateStartForm({ part, onChange, vocabulary, errorAt }: PartFormProps) {
  const t = useText();
  const change = (members: Settings) => onChange(withMembers(part, members));
  return (
    <>
      <FieldSelect
        label={t('workflows.startForm.field')}
        named
        vocabulary={vocabulary}
        only={({ kind }) => kind === 'moment'}
        value={plainText(part['field'])}
        onChange={(field) => change({ field })}
        error={errorAt('/field')}
      />
      <Checkbox
        size="sm"
        label={t('workflows.startForm.anniversary')}
        description={t('startForms.anniversary.hint')}
        checked={part['anniversary'] === true}
        onChange={({ currentTarget: { checked } }) => change({ anniversary: checked || undefined })}
      />
      <OffsetField
        label={t('blockForms.waitUntil.offset')}
        units={['day', 'week', 'month']}
        value={part['offset']}
        onChange={(offset) => change({ offset })}
        error={errorAt('/offset')}
      />
      <TextInput
        type="time"
        label={t('workflows.startForm.at')}
        description={t('workflows.startForm.dateAtHint')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        error={errorAt('/at')}
        value={plainText(part['at'])}
        onChange={({ currentTarget }) => change({ at: currentTarget.value || undefined })}
      />
      <ZoneField
        value={part['zone']}
        onChange={(zone) => change({ zone })}
        error={errorAt('/zone')}
      />
    </>
  );
}

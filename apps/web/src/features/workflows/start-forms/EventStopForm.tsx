import { Checkbox } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { EventField } from '../blocks-forms/fields/EventField.tsx';
import { WhereField } from '../blocks-forms/fields/WhereField.tsx';
import type { Settings } from '../blocks-forms/form-props.ts';
import { withMembers } from '../blocks-forms/with-members.ts';
import { LookbackField } from './LookbackField.tsx';
import type { PartFormProps } from './part-props.ts';

/** An event of the contact ends its runs. */
export function EventStopForm({ part, onChange, vocabulary, errorAt }: PartFormProps) {
  const t = useText();
  const change = (members: Settings) => onChange(withMembers(part, members));
  return (
    <>
      <EventField
        vocabulary={vocabulary}
        value={part['event']}
        onChange={(event) => change({ event })}
        error={errorAt('/event')}
      />
      <WhereField
        event={part['event'] ?? ''}
        value={part['where']}
        onChange={(where) => change({ where })}
        error={errorAt('/where')}
        vocabulary={vocabulary}
      />
      <Checkbox
        size="sm"
        label={t('blockForms.sameKey')}
        description={t('startForms.stop.sameKey.hint')}
        checked={part['same_key'] === true}
        onChange={({ currentTarget: { checked } }) => change({ same_key: checked || undefined })}
      />
      <LookbackField
        value={part['lookback']}
        onChange={(lookback) => change({ lookback })}
        error={errorAt('/lookback')}
      />
    </>
  );
}

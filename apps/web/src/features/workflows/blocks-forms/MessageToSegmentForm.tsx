import { NumberInput, Select } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { plainText } from './fields/literals.tsx';
import { useMessageNames } from '../../messages/use-message-names.ts';
import { SegmentSelect } from '../../segments/SegmentSelect.tsx';
import { TermsFields } from '../../sending/TermsFields.tsx';
import { termsOf } from './message-terms.ts';
import type { BlockFormProps } from './form-props.ts';
import { withTerms } from './with-terms.ts';
import classes from '../Workflows.module.css';

/** Which message goes to which segment, and how often it may. */
export function MessageToSegmentForm({ settings, onChange, errorAt }: BlockFormProps) {
  const t = useText();
  const messages = useMessageNames();
  const change = (part: BlockFormProps['settings']) => onChange({ ...settings, ...part });
  const idIn = (name: string) => plainText(settings[name]) || null;
  return (
    <>
      <Select
        label={t('choiceForm.message')}
        description={t('choiceForm.message.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={messages.options}
        searchable
        value={idIn('message')}
        error={errorAt('/message')}
        onChange={(message) => change({ message: message ?? undefined })}
      />
      <SegmentSelect
        label={t('choiceForm.segment')}
        value={idIn('segment')}
        error={errorAt('/segment')}
        onChange={(segment) => change({ segment: segment ?? undefined })}
      />
      <NumberInput
        label={t('choiceForm.mostPerHour')}
        description={t('choiceForm.mostPerHour.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={1}
        max={60}
        allowDecimal={false}
        value={typeof settings['most_per_hour'] === 'number' ? settings['most_per_hour'] : 4}
        error={errorAt('/most_per_hour')}
        onChange={(next) => change({ most_per_hour: next })}
      />
      <h3 className={classes.section}>{t('workflows.block.sending')}</h3>
      <TermsFields
        channel={undefined}
        value={termsOf({ ...settings })}
        readOnly={false}
        onChange={(terms) => onChange(withTerms(settings, terms))}
      />
    </>
  );
}

import { Select } from '@mantine/core';
import { checkStart, type StartType } from '@perennial/blocks';
import { useText } from '../../../app/text.tsx';
import { startTypes, turnStart } from '../../../editor/turn-start.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import type { Settings } from '../blocks-forms/form-props.ts';
import { partErrors } from './part-errors.ts';
import { startForms } from './registry.ts';
import { StartPreview } from './preview/StartPreview.tsx';
import classes from '../blocks-forms/BlocksForms.module.css';

interface StartFormProps {
  start: Settings;
  vocabulary: Vocabulary;
  readOnly: boolean;
  onChange: (start: Settings) => void;
}

/** How a workflow starts, and how often that would be. */
export function StartForm({ start, vocabulary, readOnly, onChange }: StartFormProps) {
  const t = useText();
  const type = startTypes.find((each) => each === start['type']);
  const kind = String(start['type']);
  const Form = Object.hasOwn(startForms, kind) ? startForms[kind as StartType] : undefined;
  const { errorAt } = partErrors(start, checkStart, t);
  return (
    <fieldset className={classes.form} disabled={readOnly}>
      <Select
        label={t('workflows.startForm.type')}
        description={type ? t(`startForms.${type}.hint`) : undefined}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        placeholder={t('workflows.startForm.choose')}
        data={startTypes.map((value) => ({ value, label: t(`workflows.startForm.${value}`) }))}
        value={type ?? null}
        allowDeselect={false}
        onChange={(value) => value && onChange(turnStart(start, value))}
      />
      {Form ? (
        <Form part={start} onChange={onChange} vocabulary={vocabulary} errorAt={errorAt} />
      ) : null}
      <StartPreview start={start} />
    </fieldset>
  );
}

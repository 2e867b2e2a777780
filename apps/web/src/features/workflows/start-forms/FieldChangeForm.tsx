import { Checkbox, Input, Select } from '@mantine/core';
import { useId } from 'react';
import { useText } from '../../../app/text.tsx';
import type { FieldSubject } from '../../conditions/vocabulary.ts';
import { FieldSelect } from '../blocks-forms/fields/FieldSelect.tsx';
import { plainText } from '../blocks-forms/fields/literals.tsx';
import { literalFor } from '../blocks-forms/fields/value-literal.ts';
import type { Settings } from '../blocks-forms/form-props.ts';
import { withMembers } from '../blocks-forms/with-members.ts';
import type { PartFormProps } from './part-props.ts';
import classes from '../blocks-forms/BlocksForms.module.css';

/** A field whose value changed, from what and to what. */
export function FieldChangeForm({ part, onChange, vocabulary, errorAt }: PartFormProps) {
  const t = useText();
  const change = (members: Settings) => onChange(withMembers(part, members));
  const field = vocabulary.fields.find(({ key }) => key === part['field']);
  return (
    <>
      <FieldSelect
        label={t('workflows.startForm.field')}
        named
        vocabulary={vocabulary}
        value={plainText(part['field'])}
        onChange={(key) => change({ field: key, from: undefined, to: undefined })}
        error={errorAt('/field')}
      />
      {(['from', 'to'] as const).map((end) => (
        <ValueField
          key={`${end} ${field?.key}`}
          label={t(`workflows.startForm.${end}`)}
          field={field}
          value={part[end]}
          onChange={(value) => change({ [end]: value })}
        />
      ))}
      <Checkbox
        size="sm"
        label={t('workflows.startForm.anySource')}
        description={t('workflows.startForm.anySourceHint')}
        checked={part['any_source'] === true}
        onChange={({ currentTarget: { checked } }) => change({ any_source: checked || undefined })}
      />
    </>
  );
}

const KINDS = ['any', 'empty', 'value'] as const;

interface ValueFieldProps {
  label: string;
  field: FieldSubject | undefined;
  /** Undefined is any value, null none. */
  value: unknown;
  onChange: (value: unknown) => void;
}

function ValueField({ label, field, value, onChange }: ValueFieldProps) {
  const t = useText();
  const id = useId();
  const kind = value === undefined ? 'any' : value === null ? 'empty' : 'value';
  const Literal = literalFor(field, t);
  const begin = field?.kind === 'boolean' ? true : field?.kind === 'number' ? 0 : '';
  return (
    <Input.Wrapper label={label}>
      <div className={classes.row}>
        <Select
          className={classes.grow ?? ''}
          aria-label={label}
          data={KINDS.map((each) => ({ value: each, label: t(`startForms.change.${each}`) }))}
          allowDeselect={false}
          value={kind}
          onChange={(to) => onChange(to === 'any' ? undefined : to === 'empty' ? null : begin)}
        />
        {kind === 'value' ? (
          <div className={classes.grow}>
            {Literal({
              id,
              label,
              value,
              onChange: (next) => onChange(next ?? ''),
              error: undefined,
            })}
          </div>
        ) : null}
      </div>
    </Input.Wrapper>
  );
}

import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import type { Field } from '@perennial/contracts';
import { useText } from '../../../app/text.tsx';
import classes from './Fields.module.css';

type Rules = Field['rules'];

interface RulesEditorProps {
  type: string;
  rules: Rules;
  errorAt: (path: string) => string | undefined;
  onChange: (rules: Rules) => void;
}

/** What new values must keep to, as far as the type has such rules. */
export function RulesEditor({ type, rules, errorAt, onChange }: RulesEditorProps) {
  const t = useText();
  const set = (rule: keyof Rules, value: string | number | boolean | undefined) => {
    const { [rule]: _before, ...rest } = rules;
    onChange(
      value === '' || value === undefined || value === false ? rest : { ...rest, [rule]: value },
    );
  };
  if (type === 'integer' || type === 'decimal') {
    return (
      <div className={classes.pair}>
        {(['min', 'max'] as const).map((rule) => (
          <NumberInput
            key={rule}
            label={t(`settings.fields.form.${rule}`)}
            value={rules[rule] ?? ''}
            allowDecimal={type === 'decimal'}
            hideControls
            error={errorAt(`/rules/${rule}`)}
            onChange={(value) => set(rule, value)}
          />
        ))}
      </div>
    );
  }
  if (type === 'text' || type === 'long_text') {
    return (
      <div className={classes.pair}>
        <NumberInput
          label={t('settings.fields.form.maxLength')}
          value={rules.max_length ?? ''}
          min={1}
          max={type === 'text' ? 1000 : 5000}
          allowDecimal={false}
          hideControls
          error={errorAt('/rules/max_length')}
          onChange={(value) => set('max_length', value)}
        />
        <TextInput
          label={t('settings.fields.form.pattern')}
          placeholder="^[A-Z]{2}\d+$"
          value={rules.pattern ?? ''}
          maxLength={500}
          dir="ltr"
          error={errorAt('/rules/pattern')}
          onChange={(event) => set('pattern', event.currentTarget.value)}
        />
      </div>
    );
  }
  if (type !== 'date') return null;
  return (
    <Checkbox
      label={t('settings.fields.form.anniversary')}
      description={t('settings.fields.form.anniversaryHint')}
      checked={rules.anniversary ?? false}
      onChange={(event) => set('anniversary', event.currentTarget.checked)}
    />
  );
}

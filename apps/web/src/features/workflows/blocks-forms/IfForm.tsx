import { useText } from '../../../app/text.tsx';
import { ConditionField } from './fields/ConditionField.tsx';
import type { BlockFormProps } from './form-props.ts';
import classes from './BlocksForms.module.css';

/** The condition by which a run goes on. */
export function IfForm({ settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  return (
    <section className={classes.group} aria-label={t('blockForms.condition')}>
      <p className={classes.label}>{t('blockForms.condition')}</p>
      <p className={classes.hint}>{t('blockForms.condition.hint')}</p>
      <ConditionField
        value={settings['condition']}
        onChange={(condition) => onChange({ ...settings, condition })}
        scope={scope}
        error={errorAt('/condition')}
      />
    </section>
  );
}

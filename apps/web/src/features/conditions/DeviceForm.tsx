import { useText } from '../../app/text.tsx';
import type { ConditionFormProps } from './form-props.ts';
import { WhereFields } from './WhereFields.tsx';
import classes from './Conditions.module.css';

/** Some device of the contact that is like this. */
export function DeviceForm(props: ConditionFormProps) {
  const t = useText();
  return (
    <>
      <div className={classes.line}>
        <span className={classes.word}>{t('conditions.device')}</span>
      </div>
      <WhereFields {...props} />
    </>
  );
}

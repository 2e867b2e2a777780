import { useText } from '../../../app/text.tsx';
import classes from '../blocks-forms/BlocksForms.module.css';

/** Nothing to choose: who starts it says for whom, and with which values. */
export function ManualStartForm() {
  const t = useText();
  return <p className={classes.hint}>{t('startForms.manual.params')}</p>;
}

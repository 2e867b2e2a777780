import { useText } from '../../app/text.tsx';
import classes from './Builder.module.css';

/** What to do first, on a canvas that has only its start. */
export function EmptyHint() {
  const t = useText();
  return (
    <div className={classes.emptyHint}>
      <strong>{t('builder.empty.title')}</strong>
      <span>{t('builder.empty.detail')}</span>
    </div>
  );
}

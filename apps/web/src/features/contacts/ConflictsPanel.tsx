import type { ContactCard } from '@perennial/contracts';
import { Panel, Time } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import classes from './ContactPage.module.css';

/** Values that somebody sent and that their fields could not hold. */
export function ConflictsPanel({ conflicts }: Pick<ContactCard, 'conflicts'>) {
  const t = useText();
  if (conflicts.length === 0) return null;
  return (
    <Panel title={t('contacts.conflicts')}>
      {conflicts.map((conflict, index) => (
        <div key={index} className={classes.conflict}>
          <div>
            {t('contacts.conflict', {
              field: conflict.field,
              value: JSON.stringify(conflict.value),
            })}
          </div>
          <div className={classes.reason}>
            {conflict.reason} · {conflict.source} · <Time at={conflict.at} />
          </div>
        </div>
      ))}
    </Panel>
  );
}

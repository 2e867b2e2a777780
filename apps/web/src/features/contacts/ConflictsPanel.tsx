import type { ContactCard } from '@perennial/contracts';
import { Panel, Time } from '@perennial/ui';
import { SourceWord } from './SourceWord.tsx';
import { useText } from '../../app/text.tsx';
import { fieldLabel } from './field-label.ts';
import { SettleConflict } from './SettleConflict.tsx';
import { useCardFields } from './use-card-fields.ts';
import classes from './ContactPage.module.css';

/** Values that somebody sent and that their fields could not hold: to take over or to forget. */
export function ConflictsPanel({ contact }: { contact: ContactCard }) {
  const t = useText();
  const { conflicts } = contact;
  if (conflicts.length === 0) return null;
  return (
    <Panel title={t('contacts.conflicts')}>
      {conflicts.map((conflict) => (
        <Conflict key={conflict.id} contactId={contact.id} conflict={conflict} />
      ))}
    </Panel>
  );
}

interface ConflictProps {
  contactId: string;
  conflict: ContactCard['conflicts'][number];
}

function Conflict({ contactId, conflict }: ConflictProps) {
  const t = useText();
  const { editable, system, groups } = useCardFields();
  const value = JSON.stringify(conflict.value);
  return (
    <div className={classes.conflict}>
      <div className={classes.conflictValue} dir="auto" title={value}>
        {t('contacts.conflict', {
          field: fieldLabel(conflict.field, { system, groups }),
          value,
        })}
      </div>
      <div className={classes.reason}>
        {conflict.reason} · <SourceWord source={conflict.source} /> · <Time at={conflict.at} />
      </div>
      {editable ? <SettleConflict contactId={contactId} conflictId={conflict.id} /> : null}
    </div>
  );
}

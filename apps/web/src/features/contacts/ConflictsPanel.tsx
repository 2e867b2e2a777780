import type { ContactCard } from '@perennial/contracts';
import { Panel, Time } from '@perennial/ui';
import { SourceWord } from './SourceWord.tsx';
import { useText } from '../../app/text.tsx';
import { useEditing } from './edit/editing.tsx';
import { fieldLabel, hasField } from './field-label.ts';
import { SettleConflict } from './SettleConflict.tsx';
import { useCardFields } from './use-card-fields.ts';
import { useMayEdit } from './use-may-edit.ts';
import classes from './ContactPage.module.css';

/** Values that somebody sent and that their fields could not hold: to take over or to forget. */
export function ConflictsPanel({ contact }: { contact: ContactCard }) {
  const t = useText();
  const { conflicts } = contact;
  if (conflicts.length === 0) return null;
  return (
    <Panel title={t('contacts.conflicts')}>
      {conflicts.map((conflict) => (
        <Conflict key={conflict.id} contact={contact} conflict={conflict} />
      ))}
    </Panel>
  );
}

interface ConflictProps {
  contact: ContactCard;
  conflict: ContactCard['conflicts'][number];
}

function Conflict({ contact, conflict }: ConflictProps) {
  const t = useText();
  const fields = useCardFields();
  const mayEdit = useMayEdit(contact);
  const editing = useEditing();
  const value = JSON.stringify(conflict.value);
  const fits = conflict.converted !== null;
  const words = t(fits ? 'contacts.conflict.converts' : 'contacts.conflict', {
    field: fieldLabel(conflict.field, fields),
    value,
    converted: JSON.stringify(conflict.converted),
  });
  const edit = () => editing.edit(conflict.field);
  return (
    <div className={classes.conflict}>
      <div className={classes.conflictValue} dir="auto" title={value}>
        {words}
      </div>
      <div className={classes.reason}>
        {conflict.reason} · <SourceWord source={conflict.source} /> · <Time at={conflict.at} />
      </div>
      {mayEdit ? (
        <SettleConflict
          contactId={contact.id}
          conflictId={conflict.id}
          fits={fits}
          onSetOther={hasField(conflict.field, fields) ? edit : undefined}
        />
      ) : null}
    </div>
  );
}

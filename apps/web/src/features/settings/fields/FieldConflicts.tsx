import { Button } from '@mantine/core';
import type { ContactConflict } from '@perennial/contracts';
import { Time } from '@perennial/ui';
import { Link } from 'react-router';
import { SourceWord } from '../../contacts/SourceWord.tsx';
import { useList } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { SettleConflict } from '../../contacts/SettleConflict.tsx';
import classes from './Fields.module.css';

/** The newest values that the field could not hold: to take over as they convert, or to forget. */
export function FieldConflicts({ fieldKey }: { fieldKey: string }) {
  const t = useText();
  const conflicts = useList<ContactConflict>('/fields/conflicts', {
    query: { field: fieldKey, limit: 20 },
  });
  if (conflicts.items.length === 0) return null;
  return (
    <>
      <h3 className={classes.section}>{t('settings.fields.conflicts.title')}</h3>
      {conflicts.items.map((conflict) => (
        <Conflict key={`${conflict.contact} ${conflict.id}`} conflict={conflict} />
      ))}
      {conflicts.hasMore ? (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          loading={conflicts.loadingMore}
          onClick={conflicts.more}
        >
          {t('settings.fields.conflicts.more')}
        </Button>
      ) : null}
    </>
  );
}

function Conflict({ conflict }: { conflict: ContactConflict }) {
  const t = useText();
  const to = useTo();
  const mayWrite = useRight('contacts.write');
  const seesPersonal = useRight('contacts.read_personal');
  const { id, contact, name, value, reason, source, at, converted } = conflict;
  return (
    <div className={classes.conflict}>
      <Link to={to(`contacts/${contact}`)} dir="auto">
        {name ?? t('app.contact.unnamed', { id: contact })}
      </Link>
      <div className={classes.value} dir="auto">
        {JSON.stringify(value)}
        {converted === null ? '' : ` → ${JSON.stringify(converted)}`}
      </div>
      <p className={classes.muted}>
        {reason} · <SourceWord source={source} /> · <Time at={at} />
      </p>
      {mayWrite && seesPersonal ? (
        <SettleConflict contactId={contact} conflictId={id} fits={converted !== null} />
      ) : null}
    </div>
  );
}

import { Button, Group } from '@mantine/core';
import type { ConflictDecision, ContactConflict } from '@perennial/contracts';
import { Time } from '@perennial/ui';
import { Link } from 'react-router';
import { useChange, useList } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
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
  const showProblem = useShowProblem();
  const { id, contact, name, value, reason, source, at, converted } = conflict;
  const settle = useChange(
    (api, decision: ConflictDecision) => api.post(`/contacts/${contact}/conflicts/${id}`, decision),
    ['/fields/conflicts', '/contacts'],
  );
  const decide = (action: 'take' | 'dismiss') =>
    settle.mutate({ action }, { onError: showProblem });
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
        {reason} · {source} · <Time at={at} />
      </p>
      {mayWrite && seesPersonal ? (
        <Group gap={4} mt={4}>
          {converted === null ? null : (
            <Button
              size="compact-xs"
              variant="default"
              loading={settle.isPending}
              onClick={() => decide('take')}
            >
              {t('contacts.conflict.take')}
            </Button>
          )}
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            disabled={settle.isPending}
            onClick={() => decide('dismiss')}
          >
            {t('contacts.conflict.dismiss')}
          </Button>
        </Group>
      ) : null}
    </div>
  );
}

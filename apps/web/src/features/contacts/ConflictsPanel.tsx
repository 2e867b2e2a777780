import { Button, Group } from '@mantine/core';
import type { ContactCard, ConflictDecision } from '@perennial/contracts';
import { Panel, Time } from '@perennial/ui';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { fieldLabel } from './field-label.ts';
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
  const showProblem = useShowProblem();
  const { editable, system, groups } = useCardFields();
  const settle = useChange(
    (api, decision: ConflictDecision) =>
      api.post(`/contacts/${contactId}/conflicts/${conflict.id}`, decision),
    ['/contacts', '/fields'],
  );
  const decide = (action: 'take' | 'dismiss') =>
    settle.mutate({ action }, { onError: showProblem });
  return (
    <div className={classes.conflict}>
      <div dir="auto">
        {t('contacts.conflict', {
          field: fieldLabel(conflict.field, { system, groups }),
          value: JSON.stringify(conflict.value),
        })}
      </div>
      <div className={classes.reason}>
        {conflict.reason} · {conflict.source} · <Time at={conflict.at} />
      </div>
      {editable ? (
        <Group gap={4} mt={4}>
          <Button
            size="compact-xs"
            variant="default"
            loading={settle.isPending}
            onClick={() => decide('take')}
          >
            {t('contacts.conflict.take')}
          </Button>
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

import { Button, Group } from '@mantine/core';
import type { ConflictDecision } from '@perennial/contracts';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';

interface SettleConflictProps {
  contactId: string;
  conflictId: string;
  /** False where no conversion makes it fit. */
  fits: boolean;
  /** Opens the editor of the field, where there is one. */
  onSetOther?: (() => void) | undefined;
}

/** Takes a value that did not fit over after all, or forgets it. */
export function SettleConflict({ contactId, conflictId, fits, onSetOther }: SettleConflictProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const settle = useChange(
    (api, decision: ConflictDecision) =>
      api.post(`/contacts/${contactId}/conflicts/${conflictId}`, decision),
    ['/contacts', '/fields', '/fields/conflicts'],
  );
  const decide = (action: 'take' | 'dismiss') =>
    settle.mutate({ action }, { onError: showProblem });
  return (
    <Group gap={4} mt={4}>
      {fits ? (
        <Button
          size="compact-xs"
          variant="default"
          loading={settle.isPending}
          onClick={() => decide('take')}
        >
          {t('contacts.conflict.take')}
        </Button>
      ) : null}
      {onSetOther ? (
        <Button size="compact-xs" variant="default" onClick={onSetOther}>
          {t('contacts.conflict.other')}
        </Button>
      ) : null}
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
  );
}

import { Alert, Button } from '@mantine/core';
import type { ContactCard } from '@perennial/contracts';
import { Time } from '@perennial/ui';
import { IconTrash } from '@tabler/icons-react';
import { useChange } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { Rich, useText } from '../../app/text.tsx';
import classes from './ContactPage.module.css';

/** Says that the contact is deleted, and brings it back. */
export function DeletedBanner({ id, at }: { id: string; at: string }) {
  const t = useText();
  const mayWrite = useRight('contacts.write');
  const showProblem = useShowProblem();
  const restore = useChange(
    (api) => api.post<ContactCard>(`/contacts/${id}/restore`),
    ['/contacts', '/segments'],
  );
  return (
    <Alert color="red" variant="light" icon={<IconTrash size={16} />} mb="md">
      <span className={classes.banner}>
        <span>
          <Rich id="contacts.deleted.banner" values={{ at: <Time at={at} /> }} />
        </span>
        {mayWrite ? (
          <Button
            size="xs"
            variant="default"
            loading={restore.isPending}
            onClick={() => restore.mutate(undefined, { onError: showProblem })}
          >
            {t('contacts.deleted.restore')}
          </Button>
        ) : null}
      </span>
    </Alert>
  );
}

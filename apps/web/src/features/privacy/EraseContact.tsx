import { notifications } from '@mantine/notifications';
import type { ContactCard, Erasure } from '@perennial/contracts';
import { TypedConfirm } from '@perennial/ui';
import { useNavigate } from 'react-router';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { activityTotal } from '../contacts/activity.ts';

interface EraseContactProps {
  contact: ContactCard;
  onClose: () => void;
}

/** Erasing cannot be undone: the contact's ID is typed. */
export function EraseContact({ contact, onClose }: EraseContactProps) {
  const t = useText();
  const to = useTo();
  const go = useNavigate();
  const showProblem = useShowProblem();
  const name = nameOf(contact) || t('app.contact.unnamed', { id: contact.id });
  const activity = activityTotal(contact.counts);
  const erase = useChange<void, Erasure>(
    (api) => api.post(`/contacts/${contact.id}/erase`),
    ['/contacts', '/erasures'],
  );
  const confirm = () =>
    erase.mutate(undefined, {
      onError: showProblem,
      onSuccess: ({ id }) => {
        notifications.show({ message: t('privacy.erase.started', { name }) });
        // Where it can be seen when it is done, and what it removed.
        void go(to(`settings/erasures?open=${id}`));
      },
    });
  return (
    <TypedConfirm
      opened
      title={t('privacy.erase.title', { name })}
      phrase={contact.id}
      confirmLabel={t('privacy.erase.go')}
      pending={erase.isPending}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>{t('privacy.erase.what', { activity })}</p>
      <p>{t('privacy.erase.kept')}</p>
    </TypedConfirm>
  );
}

function nameOf({ first_name: first, last_name: last, email }: ContactCard): string {
  return [first, last].filter(Boolean).join(' ') || (email ?? '');
}

import { notifications } from '@mantine/notifications';
import type { Workflow } from '@perennial/contracts';
import { useChange, useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import type { CardActionProps } from './card-action.ts';
import { ChooseDialog } from './ChooseDialog.tsx';

/** Starts a workflow for the contact, now; the usual checks decide whether a run begins. */
export function StartWorkflow({ contact, onClose }: CardActionProps) {
  const t = useText();
  const workflows = useList<Workflow>('/workflows', { query: { limit: 200 } });
  const start = useChange(
    (api, workflow: string) => api.post(`/workflows/${workflow}/start`, { contacts: [contact.id] }),
    ['/workflows', '/contacts'],
  );
  return (
    <ChooseDialog
      title={t('contacts.action.start')}
      detail={t('contacts.action.start.detail')}
      label={t('contacts.activity.workflow')}
      options={workflows.items
        .filter(({ state }) => state === 'active')
        .map(({ id, name }) => ({ value: id, label: name }))}
      confirmLabel={t('contacts.action.start.go')}
      pending={start.isPending}
      problem={start.error}
      onClose={onClose}
      onChoose={(workflow) =>
        start.mutate(workflow, {
          onSuccess: () => {
            notifications.show({ message: t('contacts.action.start.done') });
            onClose();
          },
        })
      }
    />
  );
}

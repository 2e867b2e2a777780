import { notifications } from '@mantine/notifications';
import type { Sender, SenderUses } from '@perennial/contracts';
import { SkeletonLines } from '@perennial/ui';
import { useChange, useRead } from '../../app/data.ts';
import { problemOfForm } from '../../app/form-problem.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { useText } from '../../app/text.tsx';
import { UsesList } from './UsesList.tsx';

interface DeleteSenderProps {
  sender: Sender;
  onClose: () => void;
}

/** Says what is from the sender before it goes. */
export function DeleteSender({ sender: { id, address }, onClose }: DeleteSenderProps) {
  const t = useText();
  const uses = useRead<SenderUses>(`/senders/${id}/uses`);
  const remove = useChange((api) => api.delete(`/senders/${id}`), ['/senders', '/sender_domains']);
  return (
    <FormDialog
      title={t('senders.delete.title', { address })}
      action={t('senders.delete')}
      isFinal
      ready={uses.data !== undefined}
      pending={remove.isPending}
      problem={problemOfForm(remove.error ?? uses.error, t)}
      onSubmit={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            notifications.show({ message: t('senders.deleted') });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      {uses.isPending ? <SkeletonLines lines={2} /> : null}
      {uses.data ? (
        <div>
          {t('senders.delete.used', { n: uses.data.messages.length })}
          <UsesList uses={uses.data} />
        </div>
      ) : null}
    </FormDialog>
  );
}

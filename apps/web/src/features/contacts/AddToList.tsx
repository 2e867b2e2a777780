import { notifications } from '@mantine/notifications';
import type { MembersChanged, Segment } from '@perennial/contracts';
import { useChange, useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import type { CardActionProps } from './card-action.ts';
import { ChooseDialog } from './ChooseDialog.tsx';

/** Puts the contact into a list. */
export function AddToList({ contact, onClose }: CardActionProps) {
  const t = useText();
  const lists = useList<Segment>('/segments', { query: { kind: 'list', limit: 200 } });
  const add = useChange(
    (api, list: string) =>
      api.post<MembersChanged>(`/segments/${list}/members`, { add: [contact.id] }),
    ['/segments', '/contacts'],
  );
  return (
    <ChooseDialog
      title={t('contacts.action.list')}
      detail={t('contacts.action.list.detail')}
      label={t('contacts.action.list.label')}
      options={lists.items.map(({ id, name }) => ({ value: id, label: name }))}
      confirmLabel={t('contacts.action.list.go')}
      pending={add.isPending}
      problem={add.error}
      onClose={onClose}
      onChoose={(list) =>
        add.mutate(list, {
          onSuccess: ({ added }) => {
            notifications.show({
              message: t(added > 0 ? 'contacts.action.list.done' : 'contacts.action.list.was'),
            });
            onClose();
          },
        })
      }
    />
  );
}

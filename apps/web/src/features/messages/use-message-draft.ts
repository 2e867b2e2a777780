import { notifications } from '@mantine/notifications';
import type { Message } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useKeepUnsaved } from '../../app/use-keep-unsaved.ts';
import { changeBetween, draftOf, type MessageDraft } from './message-draft.ts';

/** A message as somebody is changing it, until it is saved. */
export function useMessageDraft(message: Message) {
  const t = useText();
  const [draft, setDraft] = useState<MessageDraft>(() => draftOf(message));
  const save = useChange<Partial<MessageDraft>, Message>(
    (api, change) => api.patch(`/messages/${message.id}`, change),
    ['/messages'],
  );
  const change = changeBetween(draftOf(message), draft);
  useKeepUnsaved(change !== null, t('messages.leave'));
  const saveNow = (): void => {
    if (!change || save.isPending) return;
    save.mutate(change, {
      onSuccess: () => notifications.show({ message: t('messages.savedToast') }),
    });
  };
  return { draft, setDraft, change, save, saveNow };
}

import { notifications } from '@mantine/notifications';
import type { Message } from '@perennial/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { readKey, useChange } from '../../../app/data.ts';
import { useApi } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { useKeepUnsaved } from '../../../app/use-keep-unsaved.ts';
import { changeBetween, draftOf, type MessageDraft } from '../message-draft.ts';
import type { KeptDraft } from './kept-drafts.ts';
import { useKeptDraft } from './use-kept-draft.ts';

type Change = Partial<MessageDraft> & { base_version: number };

/** A message as somebody is changing it, until it is saved. */
export function useMessageDraft(message: Message) {
  const t = useText();
  /** What the draft began from: by now somebody may have saved a newer one. */
  const [base, setBase] = useState(message);
  const [draft, setDraft] = useState<MessageDraft>(() => draftOf(message));
  const queries = useQueryClient();
  const key = readKey(useApi().workspace, `/messages/${message.id}`);
  const change = changeBetween(draftOf(base), draft);
  const save = useChange<Change, Message>(
    (api, body) => api.patch(`/messages/${message.id}`, body),
    ['/messages'],
  );
  const kept = useKeptDraft({
    messageId: message.id,
    draft,
    baseVersion: base.version,
    changed: change !== null,
  });
  useKeepUnsaved(change !== null, t('messages.leave'));

  /** Goes on from this state of the message. */
  const begin = (from: Message, now = draftOf(from)): void => {
    setBase(from);
    setDraft(now);
  };
  if (change === null && isNewer(message, base)) begin(message);

  const saveFrom = (from: Message): void => {
    const changed = changeBetween(draftOf(from), draft);
    if (!changed || save.isPending) return;
    save.mutate(
      { ...changed, base_version: from.version },
      {
        onSuccess: (saved) => {
          setBase(saved);
          notifications.show({ message: t('messages.savedToast') });
        },
        onError: ({ code }) => {
          if (code === 'outdated') void queries.invalidateQueries({ queryKey: key });
        },
      },
    );
  };
  const restore = ({ draft: former, baseVersion }: KeptDraft): void => {
    // Members that came to messages since then are as they are now.
    begin({ ...base, version: baseVersion }, { ...draftOf(base), ...former });
    kept.settle();
  };
  return {
    draft,
    setDraft,
    change,
    save,
    saveNow: () => saveFrom(base),
    /** Saves over what somebody else saved meanwhile. */
    saveOver: (newest: Message) => {
      setBase(newest);
      saveFrom(newest);
    },
    begin,
    kept: { ...kept, restore },
    outdated: save.error?.code === 'outdated' || message.version > base.version,
  };
}

function isNewer(one: Message, other: Message): boolean {
  return new Date(one.updated_at) > new Date(other.updated_at);
}

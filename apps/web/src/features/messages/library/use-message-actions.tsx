import { notifications } from '@mantine/notifications';
import type { Message, MessageBulk, MessageBulkResult, MessageCopy } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useShowUndo } from '../../../app/show-undo.tsx';
import { useText } from '../../../app/text.tsx';
import { renewedByTags } from '../../tags/tag-kinds.ts';

export interface Named {
  id: string;
  name: string;
}

type Refused = MessageBulkResult['refused'];

/** What archiving was refused for, until somebody decides about it. */
export interface InUse {
  refused: Refused;
  names: ReadonlyMap<string, string>;
}

/** The acts on one or many messages, each with its way back. */
export function useMessageActions() {
  const t = useText();
  const showProblem = useShowProblem();
  const showUndo = useShowUndo();
  const [inUse, setInUse] = useState<InUse>();
  const copying = useChange<MessageCopy & { id: string }, Message>(
    (api, { id, ...body }) => api.post(`/messages/${id}/copy`, body),
    ['/messages'],
  );
  const bulk = useChange<MessageBulk, MessageBulkResult>(
    (api, body) => api.post('/messages/bulk', body),
    renewedByTags,
  );

  const bringBack = (messages: readonly Named[]) =>
    bulk.mutate(
      { changes: messages.map(({ id }) => ({ id, archived: false })) },
      {
        onSuccess: () => {
          const said = { n: messages.length, name: messages[0]?.name };
          notifications.show({ message: t('library.restored', said) });
        },
        onError: showProblem,
      },
    );

  const archive = (messages: readonly Named[], force = false) =>
    bulk.mutate(
      { changes: messages.map(({ id }) => ({ id, archived: true })), force },
      {
        onSuccess: ({ changed, refused }) => {
          const done = messages.filter(({ id }) => changed.includes(id));
          if (done.length > 0) {
            const said = { n: done.length, name: done[0]?.name };
            showUndo(t('library.archived', said), () => bringBack(done));
          }
          const names = new Map(messages.map(({ id, name }) => [id, name]));
          setInUse(refused.length > 0 ? { refused, names } : undefined);
        },
        onError: showProblem,
      },
    );

  const addTags = (messages: readonly (Named & { tags: readonly string[] })[], added: string[]) =>
    bulk.mutate(
      { changes: messages.map(({ id, tags }) => ({ id, tags: withTags(tags, added) })) },
      {
        onSuccess: ({ changed }) =>
          showUndo(t('library.tag.added', { n: changed.length }), () =>
            bulk.mutate(
              { changes: messages.map(({ id, tags }) => ({ id, tags: [...tags] })) },
              { onError: showProblem },
            ),
          ),
        onError: showProblem,
      },
    );

  return {
    archive,
    bringBack,
    addTags,
    copy: (what: MessageCopy & { id: string }, onDone: (made: Message) => void) =>
      copying.mutate(what, { onSuccess: onDone, onError: showProblem }),
    pending: bulk.isPending || copying.isPending,
    inUse,
    settle: () => setInUse(undefined),
  };
}

export type MessageActions = ReturnType<typeof useMessageActions>;

function withTags(own: readonly string[], added: readonly string[]): string[] {
  const has = new Set(own.map((tag) => tag.toLowerCase()));
  return [...own, ...added.filter((tag) => !has.has(tag.toLowerCase()))];
}

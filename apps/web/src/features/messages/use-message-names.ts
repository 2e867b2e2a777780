import type { Message } from '@perennial/contracts';
import { useCallback, useMemo } from 'react';
import { useList } from '../../app/data.ts';

interface MessageNames {
  /** The name of a message; its ID if nobody has it. */
  nameOf: (id: string) => string;
  options: { value: string; label: string }[];
}

/** Names of the workspace's messages, for places that know only their IDs. */
export function useMessageNames(): MessageNames {
  const { items, loading } = useList<Pick<Message, 'id' | 'name'>>('/messages', {
    query: { limit: 500 },
  });
  const names = useMemo(() => new Map(items.map(({ id, name }) => [id, name])), [items]);
  const nameOf = useCallback(
    (id: string) => names.get(id) ?? (loading ? '…' : id),
    [names, loading],
  );
  const options = useMemo(() => items.map(({ id, name }) => ({ value: id, label: name })), [items]);
  return { nameOf, options };
}

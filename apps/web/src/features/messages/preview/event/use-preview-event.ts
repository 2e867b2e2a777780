import { useLocalStorage } from '@mantine/hooks';
import type { Event } from '@perennial/contracts';
import { useMemo } from 'react';
import { useList } from '../../../../app/data.ts';
import { useApi } from '../../../../app/session.ts';
import {
  noEvent,
  readChoice,
  readTyped,
  type EventChoice,
  type EventParams,
} from './event-choice.ts';

/** The event of a preview: chosen once for each message, and remembered by the browser. */
export function usePreviewEvent(messageId: string, contact: string | null) {
  const { workspace } = useApi();
  const [choice, setChoice] = useLocalStorage<EventChoice>({
    key: `perennial.preview.event.${workspace}.${messageId}`,
    defaultValue: noEvent,
    deserialize: readChoice,
    getInitialValueInEffect: false,
  });
  const { type, source, typed } = choice;
  const ofContact = source === 'contact' && contact !== null;
  const isFound = type !== null && source !== 'typed';
  const newest = useList<Event>('/events', {
    query: { type: type ?? '', limit: 1, ...(ofContact ? { contact } : {}) },
    enabled: isFound,
    keepPrevious: false,
  });
  const found = isFound ? newest.items[0] : undefined;
  // The same object as long as nothing changes: the preview is rendered anew with another.
  const params = useMemo(
    (): EventParams | undefined => (source === 'typed' ? readTyped(typed).params : found?.params),
    [source, typed, found],
  );
  return {
    choice,
    setChoice,
    params: type === null && source !== 'typed' ? undefined : params,
    found,
    loading: isFound && newest.loading,
    error: newest.error,
  };
}

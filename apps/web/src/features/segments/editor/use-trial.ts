import type { Event, EventDetail, TrialEvent } from '@perennial/contracts';
import { useMemo, useState } from 'react';
import { useList, useRead } from '../../../app/data.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import { eventPathsIn, eventTypesWith } from './trial.ts';

/** The event with which a rule is tried that takes values from one. */
export interface Trial {
  /** What the rule takes from the event; empty: it needs none. */
  readonly paths: readonly string[];
  /** The type whose latest event is taken. */
  readonly type: string | undefined;
  readonly setType: (type: string) => void;
  /** Undefined while it is read, and when none has come. */
  readonly event: EventDetail | undefined;
  /** True when no event of the type has come. */
  readonly isEmpty: boolean;
  /** What is sent along. */
  readonly content: TrialEvent | undefined;
}

/** The latest event of a type: of one that has what the rule takes, until another is chosen. */
export function useTrial(definition: unknown, vocabulary: Vocabulary): Trial {
  const paths = useMemo(() => eventPathsIn(definition), [definition]);
  const [chosen, setType] = useState<string>();
  const needed = paths.length > 0;
  const type = needed ? (chosen ?? eventTypesWith(vocabulary, paths)[0]?.value) : undefined;
  const latest = useList<Event>('/events', {
    query: { type: type ?? null, limit: 1 },
    enabled: type !== undefined,
    keepPrevious: false,
  });
  const id = latest.items[0]?.id;
  const detail = useRead<EventDetail>(`/events/${encodeURIComponent(id ?? '')}`, {
    enabled: type !== undefined && id !== undefined,
  });
  const event = type !== undefined && detail.data?.id === id ? detail.data : undefined;
  const content = useMemo(
    () =>
      event && {
        params: event.params,
        key: event.key,
        source: event.source,
        context: event.context,
      },
    [event],
  );
  const isEmpty = type !== undefined && !latest.loading && id === undefined;
  return { paths, type, setType, event, isEmpty, content };
}

import { useDebouncedValue } from '@mantine/hooks';
import type { Event, EventDetail, TrialEvent } from '@perennial/contracts';
import { useMemo, useState } from 'react';
import { useList, useRead } from '../../../app/data.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import { eventPathsIn, eventTypesWith, readTrial } from './trial.ts';

/** How long a text rests before it is asked with. */
const REST_MS = 350;

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
  /** The event as JSON while its values are written by hand. */
  readonly text: string | undefined;
  /** Undefined: back to the latest event. */
  readonly setText: (text: string | undefined) => void;
  /** What is sent along. */
  readonly content: TrialEvent | undefined;
}

/** The latest event of a type: of one that has what the rule takes, until another is chosen. */
export function useTrial(definition: unknown, vocabulary: Vocabulary): Trial {
  const paths = useMemo(() => eventPathsIn(definition), [definition]);
  const [chosen, setChosen] = useState<string>();
  const [text, setText] = useState<string>();
  const [rested] = useDebouncedValue(text, REST_MS);
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
    () => (text === undefined ? contentOf(event) : contentWritten(rested ?? text)),
    [event, text, rested],
  );
  const setType = (next: string): void => {
    setChosen(next);
    setText(undefined);
  };
  const isEmpty = type !== undefined && !latest.loading && id === undefined;
  return { paths, type, setType, event, isEmpty, text, setText, content };
}

function contentOf(event: EventDetail | undefined): TrialEvent | undefined {
  if (!event) return undefined;
  const { params, key, source, context } = event;
  return { params, key, source, context };
}

function contentWritten(text: string): TrialEvent | undefined {
  const read = readTrial(text);
  return read.ok ? read.content : undefined;
}

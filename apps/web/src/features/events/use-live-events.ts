import type { Event as ContactEvent, LiveEvents } from '@perennial/contracts';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ApiProblem } from '../../api.ts';
import { useList } from '../../app/data.ts';
import { useApi } from '../../app/session.ts';
import { joined, lookOn, withNewer } from './tail.ts';

interface Filter {
  type: string;
  contact: string;
  /** Of the history alone: the live view knows neither. */
  key: string;
  /** As an input writes it, in the browser's zone. */
  from: string;
  to: string;
  with_errors: string;
}

interface Tail {
  filter: string;
  events: readonly ContactEvent[];
}

const oneLook = 200;

/**
 * The newest events, looked for every second unless paused, and the history under them, read as
 * far as it is scrolled.
 */
export function useLiveEvents(filter: Filter, paused: boolean) {
  const api = useApi();
  const name = JSON.stringify(filter);
  const [tail, setTail] = useState<Tail>({ filter: name, events: [] });
  const current = tail.filter === name ? tail : { filter: name, events: [] };
  // By filter, where the next look goes on.
  const marks = useRef(new Map<string, string>());
  const look = useQuery<LiveEvents, ApiProblem>({
    queryKey: [api.workspace, 'events', 'live', name],
    queryFn: ({ signal }) =>
      lookOn(marks.current, name, (after) =>
        api.get<LiveEvents>('/events/live', {
          query: { type: filter.type, contact: filter.contact, limit: oneLook, after },
          signal,
        }),
      ),
    enabled: !paused,
    refetchInterval: paused ? false : 1_000,
    staleTime: 0,
    gcTime: 0,
  });
  const seen = look.data;
  useEffect(() => {
    if (!seen) return;
    marks.current.set(name, seen.after);
    setTail((before) => {
      const known = before.filter === name ? before.events : [];
      return { filter: name, events: withNewer(known, seen.items) };
    });
  }, [seen, name]);
  const history = useList<ContactEvent>('/events', {
    query: { ...historyQuery(filter), limit: 100 },
  });
  const events = useMemo(
    () => joined(current.events, history.items),
    [current.events, history.items],
  );
  const { refetch } = look;
  return {
    ...history,
    items: events,
    error: history.error ?? look.error,
    /** Why nothing new comes, until a look succeeds again. */
    stopped: look.error,
    lookAgain: useCallback(() => void refetch(), [refetch]),
  };
}

function historyQuery({ type, contact, key, from, to, with_errors }: Filter) {
  return {
    type,
    contact,
    ...(key && (type || contact) && { key }),
    ...bound('from', from),
    ...bound('to', to),
    ...(with_errors && { with_errors }),
  };
}

function bound(name: 'from' | 'to', text: string): Record<string, string> {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? {} : { [name]: at.toISOString() };
}

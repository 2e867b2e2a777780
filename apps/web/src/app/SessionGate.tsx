import type { Session } from '@perennial/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem, createApi } from '../api.ts';
import { Problem } from './Problem.tsx';
import { browserRegion } from './browser-region.ts';
import { formatOf } from './region-of.ts';
import { Region } from './Region.tsx';
import { SessionContext } from './session.ts';

const api = createApi({});

export const sessionKey = ['session'] as const;

/** Finds out who is logged in and speaks to them in their format and zone. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useQuery<Session | null, ApiProblem>({
    queryKey: sessionKey,
    queryFn: readSession,
    staleTime: 5 * 60_000,
  });
  const user = session.data?.user;
  const format = formatOf(user?.locale, browserRegion.format);
  return (
    <Region format={format} timeZone={user?.time_zone ?? browserRegion.timeZone}>
      {session.error && session.data === undefined ? (
        <Problem error={session.error} onRetry={() => void session.refetch()} />
      ) : null}
      {session.data === undefined ? null : (
        <SessionContext value={session.data}>{children}</SessionContext>
      )}
    </Region>
  );
}

async function readSession(): Promise<Session | null> {
  try {
    return await api.get<Session>('/session');
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

import type { Session } from '@perennial/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { sessionKey } from '../../app/SessionGate.tsx';

/** Takes a fresh session into use and goes where the person wanted to be. */
export function useEnter(): (session: Session) => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  return (session) => {
    queries.setQueryData(sessionKey, session);
    void navigate(ownAddress(parameters.get('next')), { replace: true });
  };
}

/** Only paths of ours: `//elsewhere` would lead away. */
export function ownAddress(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}

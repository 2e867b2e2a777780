import type { Me, OpenSession, Page } from '@perennial/contracts';
import { useQueryClient } from '@tanstack/react-query';
import type { Api } from '../../api.ts';
import { useChange, useRead } from '../../app/data.ts';
import { sessionKey } from '../../app/SessionGate.tsx';

/** What a user may change about themselves. */
export type MeChange = Partial<Pick<Me, 'name' | 'locale' | 'time_zone'>>;

export interface TotpEnrolment {
  secret: string;
  uri: string;
}

/** Saves and tells the session, whose format and zone the whole interface follows. */
export function useMeChange() {
  const queries = useQueryClient();
  const renewSession = () => queries.invalidateQueries({ queryKey: sessionKey });
  return useChange(async (api: Api, change: MeChange) => {
    await api.patch('/me', change);
    await renewSession();
  }, []);
}

export function usePasswordChange() {
  return useChange(
    (api, passwords: { current: string; next: string }) => api.put('/me/password', passwords),
    ['/me/sessions'],
  );
}

export function useTotpEnrolment() {
  return useChange<void, TotpEnrolment>((api) => api.post('/me/totp'), []);
}

export function useTotpConfirmation() {
  const queries = useQueryClient();
  return useChange(async (api: Api, code: string) => {
    await api.post('/me/totp/confirm', { code });
    await queries.invalidateQueries({ queryKey: sessionKey });
  }, []);
}

export function useTotpRemoval() {
  const queries = useQueryClient();
  return useChange(async (api: Api, password: string) => {
    await api.post('/me/totp/remove', { password });
    await queries.invalidateQueries({ queryKey: sessionKey });
  }, []);
}

export function useOpenSessions() {
  return useRead<Page<OpenSession>>('/me/sessions');
}

export function useSessionEnd() {
  return useChange((api, id: string) => api.delete(`/me/sessions/${id}`), ['/me/sessions']);
}

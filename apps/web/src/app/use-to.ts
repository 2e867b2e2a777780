import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { useWorkspace } from './session.ts';

/** Addresses below the current workspace: `to('contacts/12')`. */
export function useTo(): (path: string) => string {
  const { slug } = useWorkspace();
  return useCallback((path) => (path ? `/w/${slug}/${path}` : `/w/${slug}`), [slug]);
}

/** Goes to an address below the current workspace. */
export function useGo(): (path: string) => void {
  const to = useTo();
  const navigate = useNavigate();
  return useCallback((path) => void navigate(to(path)), [navigate, to]);
}

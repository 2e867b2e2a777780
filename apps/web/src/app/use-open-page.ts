import { useLocation } from 'react-router';
import { navPageOf, type NavPage } from './pages.ts';
import { useWorkspace } from './session.ts';

/** The page of the navigation that is open now. */
export function useOpenPage(): NavPage | undefined {
  const { slug } = useWorkspace();
  const { pathname } = useLocation();
  return navPageOf(pathname.replace(`/w/${slug}`, '').replace(/^\/|\/$/g, ''));
}

import { useRouteError } from 'react-router';
import { Crash } from './Boundary.tsx';

/** Shown when a page's files cannot be loaded, or the shell itself fails. */
export function RouteCrash() {
  return <Crash error={useRouteError()} />;
}

import { useEffect, useState } from 'react';

/** Becomes true once `active` has held for `ms`: skeletons appear only for what is slow. */
export function useDelayed(active: boolean, ms = 200): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!active) return setShown(false);
    const timer = setTimeout(() => setShown(true), ms);
    return () => clearTimeout(timer);
  }, [active, ms]);
  return shown && active;
}

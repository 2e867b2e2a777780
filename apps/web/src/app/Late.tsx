import { useEffect, useState, type ReactNode } from 'react';

const LATE_MS = 3_000;

/** What is said only to whoever waits: nobody could read it where the answer comes at once. */
export function Late({ children }: { children: ReactNode }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLate ? children : null;
}

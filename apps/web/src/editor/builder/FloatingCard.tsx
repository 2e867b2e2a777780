import { useClickOutside } from '@mantine/hooks';
import { useLayoutEffect, useState, type ReactNode } from 'react';
import classes from './Builder.module.css';

interface FloatingCardProps {
  /** Of its upper middle, in pixels of what it floats over. */
  at: { x: number; y: number };
  label: string;
  onClose: () => void;
  children: ReactNode;
}

const margin = 12;

/** A small card over the canvas that stays within it. */
export function FloatingCard({ at, label, onClose, children }: FloatingCardProps) {
  const card = useClickOutside<HTMLDivElement>(onClose);
  const [place, setPlace] = useState<{ left: number; top: number }>();
  useLayoutEffect(() => {
    const element = card.current;
    const room = element?.offsetParent;
    if (!element || !room) return;
    const left = at.x - element.offsetWidth / 2;
    setPlace({
      left: within(left, room.clientWidth - element.offsetWidth),
      top: within(at.y, room.clientHeight - element.offsetHeight),
    });
  }, [card, at.x, at.y]);
  return (
    <div
      ref={card}
      role="dialog"
      aria-label={label}
      className={classes.card}
      // Measured before it is seen; what is not visible could not take the focus.
      style={place ?? { opacity: 0 }}
    >
      {children}
    </div>
  );
}

function within(wanted: number, most: number): number {
  return Math.max(margin, Math.min(wanted, most - margin));
}

import classes from './Avatar.module.css';

interface AvatarProps {
  /** Name, email or ID; the first letters stand in the circle. */
  name: string;
  size?: 20 | 24 | 28 | 40;
}

/** Initials in a circle whose hue follows from the name, so that neighbours differ. */
export function Avatar({ name, size = 24 }: AvatarProps) {
  return (
    <span
      className={classes.root}
      style={{ '--size': `${size}px`, '--hue': hueOf(name) } as React.CSSProperties}
      aria-hidden
    >
      {initialsOf(name)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name
    .replace(/@.*/, '')
    .split(/[\s._-]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map(firstLetter);
  return letters.join('').toLocaleUpperCase() || '?';
}

/** As people see letters: an accent or a flag is one. */
function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter('en').segment(word);
  return first?.segment ?? '';
}

function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return hash;
}

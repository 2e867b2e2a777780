import { diffWordsWithSpace } from 'diff';
import classes from './Versions.module.css';

/** A short text, its words that went and that came. */
export function WordDifference({ before, after }: { before: string; after: string }) {
  const parts = diffWordsWithSpace(before, after);
  return (
    <p className={classes.text} dir="auto">
      {parts.map(({ added, removed, value }, index) => {
        if (added) return <ins key={index}>{value}</ins>;
        return removed ? <del key={index}>{value}</del> : <span key={index}>{value}</span>;
      })}
    </p>
  );
}

import { useState, type ReactNode } from 'react';
import { CopyButton } from './CopyButton.tsx';
import { useUiText } from './use-ui-text.ts';
import classes from './JsonView.module.css';

interface JsonViewProps {
  value: unknown;
  /** Levels open at first. */
  open?: number;
}

/** JSON as a tree that folds; the whole of it can be copied. */
export function JsonView({ value, open = 2 }: JsonViewProps) {
  return (
    <div className={classes.root} dir="ltr">
      <div className={classes.copy}>
        <CopyButton value={JSON.stringify(value, null, 2) ?? ''} />
      </div>
      <Value value={value} open={open} />
    </div>
  );
}

interface ValueProps {
  name?: string | undefined;
  value: unknown;
  open: number;
}

function Value({ name, value, open }: ValueProps) {
  if (Array.isArray(value)) {
    const entries = value.map((each, index): [string, unknown] => [String(index), each]);
    return <Branch name={name} entries={entries} kind="items" open={open} />;
  }
  if (value !== null && typeof value === 'object') {
    return <Branch name={name} entries={Object.entries(value)} kind="members" open={open} />;
  }
  return (
    <div className={classes.leaf}>
      {label(name)}
      <Scalar value={value} />
    </div>
  );
}

interface BranchProps {
  name: string | undefined;
  entries: [string, unknown][];
  kind: 'items' | 'members';
  open: number;
}

const page = 50;

function Branch({ name, entries, kind, open }: BranchProps) {
  const text = useUiText();
  const [shown, setShown] = useState(page);
  if (entries.length === 0) {
    return (
      <div className={classes.leaf}>
        {label(name)}
        <span className={classes.punctuation}>{kind === 'items' ? '[]' : '{}'}</span>
      </div>
    );
  }
  return (
    <details className={classes.branch} open={open > 0}>
      <summary className={classes.summary}>
        {label(name)}
        <span className={classes.punctuation}>
          {kind === 'items' ? '[' : '{'}
          <span className={classes.size}>{text(`ui.json.${kind}`, { count: entries.length })}</span>
          {kind === 'items' ? ']' : '}'}
        </span>
      </summary>
      <div className={classes.children}>
        {entries.slice(0, shown).map(([key, each]) => (
          <Value key={key} name={key} value={each} open={open - 1} />
        ))}
        {entries.length > shown ? (
          <button type="button" className={classes.more} onClick={() => setShown(shown + page * 4)}>
            {text('ui.json.more', { count: entries.length - shown })}
          </button>
        ) : null}
      </div>
    </details>
  );
}

function label(name: string | undefined): ReactNode {
  if (name === undefined) return null;
  return (
    <>
      <span className={classes.key}>{name}</span>
      <span className={classes.punctuation}>: </span>
    </>
  );
}

function Scalar({ value }: { value: unknown }) {
  const kind = value === null ? 'null' : typeof value;
  return (
    <span className={classes.scalar} data-kind={kind}>
      {typeof value === 'string' ? JSON.stringify(value) : String(value)}
    </span>
  );
}

import { CopyButton } from './CopyButton.tsx';
import classes from './Snippet.module.css';

interface SnippetProps {
  code: string;
  /** Breaks lines instead of scrolling sideways. */
  wrap?: boolean;
}

/** Code to take away. */
export function Snippet({ code, wrap }: SnippetProps) {
  return (
    <div className={classes.root} dir="ltr">
      <pre className={classes.code} data-wrap={wrap || undefined} tabIndex={0}>
        {code}
      </pre>
      <div className={classes.copy}>
        <CopyButton value={code} />
      </div>
    </div>
  );
}

import classes from './ToType.module.css';

/** What is to be typed sign by sign, set apart from the words around it. */
export function ToType({ children }: { children: string }) {
  return (
    <code className={classes.typed} dir="auto">
      {children}
    </code>
  );
}

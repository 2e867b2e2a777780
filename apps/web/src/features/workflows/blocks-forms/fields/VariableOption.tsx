import type { Variable } from '../scope/scope.ts';
import classes from '../BlocksForms.module.css';

/** A variable in a list: its path, and what tells it from others. */
export function VariableOption({
  path,
  variable,
}: {
  path: string;
  variable: Variable | undefined;
}) {
  return (
    <span className={classes.variable}>
      <span className={classes.variablePath}>{path}</span>
      {variable?.hint ? (
        <span className={classes.variableHint} dir="auto">
          {variable.hint}
        </span>
      ) : null}
    </span>
  );
}

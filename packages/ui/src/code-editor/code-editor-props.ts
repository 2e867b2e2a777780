import type { LiquidFilter } from './complete-liquid.ts';

/** A problem at a place of the text; offsets count UTF-16 units. */
export interface CodeProblem {
  from: number;
  to: number;
  severity: 'error' | 'warning' | 'info';
  message: string;
}

export interface CodeEditorProps {
  /** Name for screen readers. */
  label: string;
  language: 'json' | 'html' | 'text';
  value: string;
  onChange?: ((value: string) => void) | undefined;
  readOnly?: boolean | undefined;
  problems?: readonly CodeProblem[] | undefined;
  /** Moves the cursor there when the object changes: a click on a listed problem. */
  reveal?: { at: number } | undefined;
  /** Words offered after `{{`: personalisation variables. */
  variables?: readonly string[] | undefined;
  /** Offered behind a `|` there. */
  filters?: readonly LiquidFilter[] | undefined;
}

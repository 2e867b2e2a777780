import { pathOfSource, type SourceKind } from './source-kind.ts';

/** A variable as a text names it: `event.total`, `run["b.1"].status`. */
export function variableName(kind: 'event' | 'contact' | 'run', path: string): string {
  return path.startsWith('[') ? `${kind}${path}` : `${kind}.${path}`;
}

/** A text with variables that says what the value said. */
export function liquidOf(value: unknown, kind: SourceKind): string {
  const path = pathOfSource(value);
  const isNamed = kind === 'event' || kind === 'contact' || kind === 'run';
  if (isNamed && path !== '') return `{{ ${variableName(kind, path)} }}`;
  return `${typeof value === 'string' ? value : ''}{{ }}`;
}

/** The text with a variable where the cursor is; an empty pair of braces is filled first. */
export function withVariable(
  text: string,
  name: string,
  { from, to }: { from: number; to: number },
): string {
  const empty = /\{\{\s*\}\}/.exec(text);
  const [begin, end] = empty ? [empty.index, empty.index + empty[0].length] : [from, to];
  return `${text.slice(0, begin)}{{ ${name} }}${text.slice(end)}`;
}

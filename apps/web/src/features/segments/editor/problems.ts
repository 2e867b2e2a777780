import { checkDefinition } from '@perennial/conditions';
import type { ApiProblem } from '../../../api.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import type { DocumentContent } from './segment-document.ts';

/** Something that keeps a rule from being saved, or that surprises. */
export interface RuleProblem {
  /** JSON pointer into the definition. */
  readonly path: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** The condition it is about, when cards show it. */
  readonly item: number | undefined;
}

interface Found {
  path: string;
  message: string;
}

/** What the check in the browser finds. */
export function problemsOf(content: DocumentContent, vocabulary: Vocabulary): RuleProblem[] {
  if (content.syntax) return [];
  const checked = checkDefinition(content.definition, vocabulary.check);
  return checked.ok ? [] : placed(checked.issues, 'error', content);
}

/** What only the server knows: cycles of segments, event types that nobody has sent yet. */
export function serverProblems(
  content: DocumentContent,
  error: ApiProblem | null,
  warnings: readonly Found[] = [],
): RuleProblem[] {
  const ofDefinition = (error?.errors ?? []).flatMap(({ path, message }) =>
    path.startsWith('/definition') ? [{ path: path.slice('/definition'.length), message }] : [],
  );
  return [...placed(ofDefinition, 'error', content), ...placed(warnings, 'warning', content)];
}

function placed(
  found: readonly Found[],
  severity: RuleProblem['severity'],
  { itemAt }: DocumentContent,
): RuleProblem[] {
  return found.map(({ path, message }) => ({ path, message, severity, item: itemAt(path) }));
}

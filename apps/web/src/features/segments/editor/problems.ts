import { checkDefinition } from '@perennial/conditions';
import type { ApiProblem } from '../../../api.ts';
import type { TextId } from '../../../app/catalogue.ts';
import type { Say } from '../../../app/text.tsx';
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
export function problemsOf(
  content: DocumentContent,
  vocabulary: Vocabulary,
  t: Say,
): RuleProblem[] {
  if (content.syntax) return [];
  const checked = checkDefinition(content.definition, vocabulary.check);
  if (checked.ok) return [];
  const said = checked.issues.map(({ path, message }) => ({
    path,
    message: isMissing(content.definition, path) ? t(missingWords(path)) : message,
  }));
  return placed(said, 'error', content);
}

/** Nothing stands at the place, or what a field that was emptied leaves. */
function isMissing(definition: unknown, pointer: string): boolean {
  let place: unknown = definition;
  for (const key of pointer.split('/').slice(1)) {
    if (place === null || typeof place !== 'object') return true;
    place = (place as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  const isEmptied = place === undefined || place === null || place === '';
  return isEmptied || (Array.isArray(place) && place.includes(null));
}

/** What is to be given there. */
function missingWords(pointer: string): TextId {
  const key = pointer.slice(pointer.lastIndexOf('/') + 1);
  if (key === 'value' || /^\d$/.test(key)) return 'segments.editor.missing.value';
  if (key === 'param' || key === '$event' || key === 'op') return 'segments.editor.missing.param';
  if (key === 'at' || key === 'from' || key === 'to') return 'segments.editor.missing.day';
  return key === 'n' ? 'segments.editor.missing.number' : 'segments.editor.missing.other';
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

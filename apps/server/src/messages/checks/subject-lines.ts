import type { JsonObject } from '../../inbox/index.ts';
import { subjectsOf } from '../subjects.ts';

/** One of the subjects of an e-mail, and where it was written. */
export interface SubjectLine {
  text: string;
  path: string;
  /** What to call it: with several, the reader is told which. */
  name: string;
}

/** Everything that an e-mail may be called. */
export function subjectLines(rendered: JsonObject): SubjectLine[] {
  return subjectsOf(rendered).map((text, i, { length }) => ({
    text,
    path: i === 0 ? '/subject' : `/more_subjects/${i - 1}`,
    name: length > 1 ? `Subject ${i + 1}` : 'The subject',
  }));
}

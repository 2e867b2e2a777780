import { hashPoint } from '@perennial/blocks';
import type { JsonObject } from '../inbox/index.ts';

/** By number, from 0; `each`: all of them, to look at. */
export type SubjectChoice = number | 'each';

/** How many subjects each language has, where there are several. */
export type SubjectCounts = Record<string, number>;

/** What an e-mail may be called, as it is written; the first one is `subject`. */
export function subjectsOf({ subject, more_subjects: more }: JsonObject): string[] {
  const all = [subject, ...(Array.isArray(more) ? more : [])];
  return all.filter((each) => typeof each === 'string');
}

/** Null: no language has more than one. */
export function countSubjects(content: Record<string, JsonObject>): SubjectCounts | null {
  const counts = Object.entries(content).flatMap(([language, own]): [string, number][] => {
    const { length } = subjectsOf(own);
    return length > 1 ? [[language, length]] : [];
  });
  return counts.length > 0 ? Object.fromEntries(counts) : null;
}

/** Which of several subjects a send gets, each as likely as the others; null: there is one. */
export function pickSubject(
  sendId: number,
  { counts, language }: { counts: SubjectCounts | null; language: string },
): number | null {
  const count = counts?.[language];
  return count === undefined ? null : Math.floor(hashPoint(`send ${sendId} subject`) * count);
}

import type { LiveRule } from './live-index.ts';
import type { Question } from './touch.ts';

/** A contact, and the rules that are asked about it. */
export interface Asked {
  question: Question;
  rules: readonly LiveRule[];
}

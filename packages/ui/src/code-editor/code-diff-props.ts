import type { CodeLanguage } from './languages.ts';

export interface CodeDiffProps {
  /** Name for screen readers. */
  label: string;
  language: CodeLanguage;
  before: string;
  after: string;
}

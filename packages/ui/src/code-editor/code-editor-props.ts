import type { Ref } from 'react';
import type { CodeLanguage } from './languages.ts';
import type { TemplateWords } from './template-words.ts';

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
  language: CodeLanguage;
  value: string;
  onChange?: ((value: string) => void) | undefined;
  readOnly?: boolean | undefined;
  problems?: readonly CodeProblem[] | undefined;
  /** Moves the cursor there when the object changes: a click on a listed problem. */
  reveal?: { at: number } | undefined;
  /** What is offered while a template is typed; the same object as long as nothing changes. */
  words?: TemplateWords | undefined;
  /** Why it could not be formatted. */
  onFormatFailed?: ((reason: string) => void) | undefined;
  /** What can be asked of it from outside. */
  handle?: Ref<CodeEditorHandle> | undefined;
}

export interface CodeEditorHandle {
  /** Of HTML and MJML; the cursor stays where it was in the text. */
  format(): void;
  openSearch(): void;
}

import type { FetchCall } from '../fetching/fetch-call.ts';

/** What is wrong with a template, in words and places its writer knows. */
export interface TemplateProblem {
  /** JSON pointer into the content of one language: `/subject`, `/buttons/0/text`. */
  path: string;
  message: string;
  /** From 1, in the text at `path`; absent where no line is to blame. */
  line?: number;
  /** The line at fault, shortened. */
  excerpt?: string;
  /** Nothing is wrong with the template: the contact lacks this variable. */
  missing?: string;
  /** Nor here: these have to be fetched first. */
  pending?: FetchCall[];
  /** Nor here: it could not be fetched, and this is what the message wants then. */
  unfetched?: 'retry' | 'dont_send';
}

/** Thrown inside of rendering only; whoever renders hands the problem on as a value. */
export class TemplateError extends Error {
  readonly problem: TemplateProblem;
  constructor(problem: TemplateProblem, cause?: unknown) {
    super(problem.message, { cause });
    this.name = 'TemplateError';
    this.problem = problem;
  }
}

const EXCERPT_LENGTH = 160;

/** A line of the source, with what stands around `column` if it is long. */
export function excerptOf(source: string, line: number, column = 1): string {
  const text = source.split('\n')[line - 1] ?? '';
  const start = text.length > EXCERPT_LENGTH ? Math.max(0, column - 1 - EXCERPT_LENGTH / 2) : 0;
  return text.slice(start, start + EXCERPT_LENGTH).trim();
}

/** Where a piece of a source stands; the first place if it stands in several. */
export function lineOf(source: string, piece: string): number | undefined {
  const at = source.indexOf(piece);
  return at < 0 ? undefined : source.slice(0, at).split('\n').length;
}

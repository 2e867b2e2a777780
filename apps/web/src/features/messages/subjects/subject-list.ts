import type { MessageContent } from '../message.ts';

export const MOST_SUBJECTS = 10;

/** What an e-mail may be called; the first one is `subject`, which is always there. */
export function subjectsOf({ subject, more_subjects: more }: MessageContent): string[] {
  const others: unknown[] = Array.isArray(more) ? more : [];
  return [subject, ...others].map((each) => (typeof each === 'string' ? each : ''));
}

export function withSubjects(
  content: MessageContent,
  [subject = '', ...more]: readonly string[],
): MessageContent {
  const { more_subjects: _before, ...rest } = content;
  return { ...rest, subject, ...(more.length > 0 && { more_subjects: more }) };
}

/** The list with one of them elsewhere. */
export function moved(list: readonly string[], from: number, to: number): string[] {
  return list.toSpliced(from, 1).toSpliced(to, 0, list[from]!);
}

/** Where the server finds fault with one. */
export function pointerOf(index: number): string {
  return index === 0 ? '/subject' : `/more_subjects/${index - 1}`;
}

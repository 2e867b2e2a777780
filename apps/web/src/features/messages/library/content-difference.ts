import type { MessageContent } from '../message.ts';
import { inFormOrder } from './in-form-order.ts';

export interface FieldDifference {
  name: string;
  /** Texts are compared by word, code by line in its language. */
  kind: 'words' | 'html' | 'json';
  before: string;
  after: string;
}

export interface LanguageDifference {
  language: string;
  fields: FieldDifference[];
}

type Contents = Record<string, MessageContent>;

/** What differs between two contents; a language that only one of them has differs in all of its fields. */
export function contentDifference(before: Contents, after: Contents): LanguageDifference[] {
  const languages = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return languages
    .map((language) => ({
      language,
      fields: fieldDifferences(before[language] ?? {}, after[language] ?? {}),
    }))
    .filter(({ fields }) => fields.length > 0);
}

function fieldDifferences(before: MessageContent, after: MessageContent): FieldDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return inFormOrder(names).flatMap((name) => {
    const difference = { name, before: written(before[name]), after: written(after[name]) };
    if (difference.before === difference.after) return [];
    return [{ ...difference, kind: kindOf(name, before[name] ?? after[name]) }];
  });
}

function kindOf(name: string, value: unknown): FieldDifference['kind'] {
  if (name === 'mjml' || name === 'html') return 'html';
  return typeof value === 'string' ? 'words' : 'json';
}

function written(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

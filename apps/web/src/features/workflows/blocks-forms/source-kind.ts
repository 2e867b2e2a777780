import { isReference } from '@perennial/blocks';
import type { z } from 'zod';

/** Where the value of a setting comes from. */
export const SOURCE_KINDS = ['literal', 'event', 'contact', 'run', 'liquid'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** How a setting takes its value now. */
export function sourceKindOf(value: unknown): SourceKind {
  if (isReference(value)) return Object.keys(value)[0]!.slice(1) as SourceKind;
  return typeof value === 'string' && /\{\{|\{%/.test(value) ? 'liquid' : 'literal';
}

/** The path of a reference; empty for what is none. */
export function pathOfSource(value: unknown): string {
  if (!isReference(value)) return '';
  const [path] = Object.values(value) as [unknown];
  return typeof path === 'string' ? path : '';
}

/** A reference of a kind. */
export function sourceAt(kind: 'event' | 'contact' | 'run', path: string): Record<string, string> {
  return { [`$${kind}`]: path };
}

const EXAMPLES: Readonly<Record<Exclude<SourceKind, 'literal'>, unknown>> = {
  event: { $event: 'a' },
  contact: { $contact: 'a' },
  run: { $run: 'b.a' },
  liquid: '{{ a }}',
};

/** The ways that the schema of a setting lets its value be given in. */
export function sourceKindsOf(schema: z.ZodType | undefined): SourceKind[] {
  if (!schema) return ['literal'];
  return SOURCE_KINDS.filter(
    (kind) => kind === 'literal' || schema.safeParse(EXAMPLES[kind]).success,
  );
}

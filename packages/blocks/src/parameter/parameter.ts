import { pathSchema } from '@perennial/conditions';
import { z } from 'zod';

/**
 * A value that a setting takes from somewhere: the parameters of what started the run, a field of
 * its contact, or the result of an earlier block (`block.path`).
 */
export type ParameterReference =
  { readonly $event: string } | { readonly $contact: string } | { readonly $run: string };

/** A literal, where the value comes from, or Liquid that is rendered before the block runs. */
export type Parameter<Literal> = Literal | ParameterReference | string;

/** Where a value comes from. */
export const referenceSchema = z.union(
  [
    z.strictObject({ $event: pathSchema }),
    z.strictObject({ $contact: z.string().min(1).max(200) }),
    z.strictObject({
      $run: z.string().regex(/^[^.[\]"]+[.[]/, { error: 'expected block.path, such as b2.status' }),
    }),
  ],
  { error: 'expected {"$event": path}, {"$contact": field} or {"$run": "block.path"}' },
);

/** By which the schema's documentation knows it. */
export const LIQUID_TEXT = 'Text with Liquid.';

/** Text in which Liquid writes something. */
export const liquidSchema = z
  .string()
  .max(100_000)
  .refine(isLiquid, { error: 'expected Liquid, such as "{{ contact.first_name }}"' })
  .meta({ description: LIQUID_TEXT });

/** A setting of this shape, a reference to where its value comes from, or Liquid that makes it. */
export function parameter<Literal extends z.ZodType>(
  literal: Literal,
): z.ZodUnion<[Literal, typeof referenceSchema, typeof liquidSchema]> {
  return z.union([literal, referenceSchema, liquidSchema]);
}

/** True for text with an output or a tag. */
export function isLiquid(value: unknown): value is string {
  return typeof value === 'string' && (value.includes('{{') || value.includes('{%'));
}

/** True for a value that comes from somewhere. */
export function isReference(value: unknown): value is ParameterReference {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && ['$event', '$contact', '$run'].includes(keys[0]!);
}

/** Where the value comes from, as the definition writes it. */
export function referenceText(reference: ParameterReference): string {
  const [kind, path] = Object.entries(reference)[0] as [string, string];
  return `${kind} ${path}`;
}

import { z } from 'zod';

/** Text that Liquid may still change, so limits of what is shown are only those of what is stored. */
export function liquidText(maxLength: number): z.ZodString {
  return z
    .string()
    .max(maxLength)
    .refine(hasNoLoneSurrogate, { message: 'Contains half of a surrogate pair.' })
    .refine((text) => !text.includes('\u0000'), { message: 'Contains a NUL character.' });
}

/** Text that must not be empty. */
export function someLiquidText(maxLength: number): z.ZodString {
  return liquidText(maxLength).refine((text) => text.trim() !== '', {
    message: 'Must not be empty.',
  });
}

function hasNoLoneSurrogate(text: string): boolean {
  return text.isWellFormed();
}

/** A whole number, or Liquid that yields one. */
export const liquidNumber: z.ZodUnion<[z.ZodNumber, z.ZodString]> = z.union([
  z.int(),
  liquidText(1_000),
]);

/** JSON for the app, whose strings are Liquid. */
export const customData: z.ZodRecord<z.ZodString, z.ZodJSONSchema> = z.record(
  z.string().max(200),
  z.json(),
);

/** How long a message is worth showing; at most four weeks, as the push services keep it. */
export const ttlSeconds: z.ZodNumber = z.int().min(0).max(2_419_200);

export const URL_LENGTH = 4_096;

import { z } from 'zod';

/**
 * An ID: a decimal string on the wire, a number below 2^53 in the program.
 * `z.input` of a schema that holds it is the wire, `z.output` what the server works with.
 */
export const idSchema = z.codec(
  z.string().regex(/^[1-9]\d{0,15}$/, 'Expected an ID, a decimal number in a string.'),
  z.number().int().positive(),
  { decode: Number, encode: String },
);

/** The name of a configuration object in exports and applied files; fixed at creation. */
export const keySchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,62}$/,
    'Expected lower-case letters, digits, "-" and "_", at most 63, starting with a letter or digit.',
  );

/** `/things/{id}`. */
export const idParams = z.object({ id: idSchema });

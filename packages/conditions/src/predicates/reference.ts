import { z } from 'zod';
import { type Json, isJsonObject } from '../json.ts';
import { parsePath } from '../paths/parse-path.ts';

/** A value that is taken from the event being handled: a path into it. */
export interface Reference {
  readonly $event: string;
}

/** True for `{"$event": path}`. */
export function isReference(value: Json | undefined): value is Json & Reference {
  return isJsonObject(value) && Object.hasOwn(value, '$event');
}

/** `{"$event": path}`; a path with `[]` gives a list and is taken only where a list is. */
export function referenceSchema(list: boolean): z.ZodType<Reference> {
  return z.strictObject({
    $event: z.string({ error: 'expected a path into the event' }).superRefine((text, context) => {
      const parsed = parsePath(text);
      if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message });
      else if (parsed.path.many && !list) {
        const message =
          'expected a path without [] here; a list is taken by one_of, none_of, has_*';
        context.addIssue({ code: 'custom', message });
      }
    }),
  });
}

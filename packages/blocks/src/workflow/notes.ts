import { z } from 'zod';

/** More than anybody reads on one canvas. */
export const MOST_NOTES = 200;
export const LONGEST_NOTE = 5_000;

/** Colours of the theme. */
export const noteColours = ['yellow', 'green', 'blue', 'red', 'grey'] as const;
export type NoteColour = (typeof noteColours)[number];

/** Farther out nothing is found again. In the canvas' own pixels. */
const FARTHEST = 1_000_000;
const NO_PLACE = { error: `expected a number from -${FARTHEST} to ${FARTHEST}` };
const NO_LENGTH = { error: 'expected a number from 20 to 5000' };
const coordinate = z.number(NO_PLACE).min(-FARTHEST, NO_PLACE).max(FARTHEST, NO_PLACE);
const length = z.number(NO_LENGTH).min(20, NO_LENGTH).max(5_000, NO_LENGTH);

/** Something written on the canvas beside the blocks: part of the drawing, unknown to the engine. */
const noteSchema = z.strictObject({
  text: z.string().max(LONGEST_NOTE, {
    error: `expected at most ${LONGEST_NOTE} characters`,
  }),
  position: z.strictObject({ x: coordinate, y: coordinate }),
  size: z.strictObject({ width: length, height: length }),
  colour: z
    .enum(noteColours, { error: `expected one of ${noteColours.join(', ')}` })
    .default('yellow'),
});

/** Notes by ID; absent where there are none. */
export const notesSchema = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, {
      error: 'expected an ID of a note such as note_1',
    }),
    noteSchema,
  )
  .refine((notes) => Object.keys(notes).length <= MOST_NOTES, {
    error: `expected at most ${MOST_NOTES} notes`,
  })
  .optional();

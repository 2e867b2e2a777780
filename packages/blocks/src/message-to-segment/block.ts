import { z } from 'zod';
import { defineBlock, type Reference } from '../block.ts';
import { messageId, termsShape } from '../message-block/define-message-block.ts';
import { segmentIdSchema } from '../workflow/starts.ts';

/** Every run of the workflow may launch one, so a block that runs wild is stopped by itself. */
const USUAL_LAUNCHES_PER_HOUR = 4;

const { send_hours, ttl, priority, addresses, data } = termsShape;

const settings = z.strictObject({
  message: messageId,
  /** Its members at that moment. */
  segment: segmentIdSchema,
  /** So many within an hour, over all runs; what comes after leaves by `failed`. */
  most_per_hour: z
    .int({ error: 'expected a whole number' })
    .min(1, 'expected at least 1')
    .max(60, 'expected at most 60')
    .default(USUAL_LAUNCHES_PER_HOUR),
  send_hours,
  ttl,
  priority,
  addresses,
  data,
});

/** Sends a message to everybody in a segment because of what happened to one. */
export const messageToSegmentBlock = defineBlock({
  type: 'message_to_segment',
  group: 'flow',
  icon: 'speakerphone',
  label: 'Message to segment',
  settings,
  exits: () => ['next', 'failed'],
  waiting: false,
  onFailure: 'continue',
  sentence: ({ message, segment }, names) => ({
    id: 'block.message_to_segment.sends',
    values: { message: names.message(message), segment: names.segment(segment) },
  }),
  defaults: () => ({ most_per_hour: USUAL_LAUNCHES_PER_HOUR }),
  references: ({ message, segment }): Reference[] => [
    { kind: 'message', id: message, path: '/message' },
    { kind: 'segment', id: segment, path: '/segment' },
  ],
  texts: {
    label: 'Message to segment',
    sends: 'Send {message} to everybody in {segment}',
  },
});

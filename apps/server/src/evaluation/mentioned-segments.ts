import { mentions, type Definition } from '@perennial/conditions';

const PREFIX = 'segment:';

/** IDs of the segments that a rule asks for. */
export function mentionedSegments(definition: Definition): number[] {
  return [...mentions(definition)].flatMap((key) =>
    key.startsWith(PREFIX) ? [Number(key.slice(PREFIX.length))] : [],
  );
}

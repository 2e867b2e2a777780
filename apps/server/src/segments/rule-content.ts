import { leavesOf, mentions, type Definition, type Node } from '@perennial/conditions';

const PREFIX = 'segment:';

/** IDs of the segments that a rule asks for. */
export function segmentsIn(definition: Definition | Node): string[] {
  return [...mentions(definition)].flatMap((key) =>
    key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : [],
  );
}

/** Whether it takes values from the event being handled: nobody is a member without one. */
export function usesEvent(definition: Definition): boolean {
  return JSON.stringify(definition).includes('{"$event":');
}

/** Whether it is put together of other segments and asks for nothing else. */
export function isCombined({ include, exclude }: Definition): boolean {
  const nodes = exclude ? [include, exclude] : [include];
  const leaves = nodes.flatMap((node) => [...leavesOf(node)]);
  return leaves.length > 0 && leaves.every(({ type }) => type === 'segment');
}

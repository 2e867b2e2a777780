/** What a template writes behind `event.` without brackets. */
const WRITTEN = /^[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*$/u;

/**
 * Names of an event's parameters as templates write them, each once and by name. Of what stands in a
 * list (`items[].sku`) the list is named: a loop reads the rest.
 */
export function eventParameters(...paths: readonly (readonly string[])[]): string[] {
  const names = paths.flat().map((path) => path.split('[]')[0]!);
  return [...new Set(names)].filter((name) => WRITTEN.test(name)).toSorted();
}

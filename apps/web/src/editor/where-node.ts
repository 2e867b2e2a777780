type Json = Record<string, unknown>;

/**
 * The parameter filter of an event as a condition of the segment language, so that it can be said
 * in words: its leaves become conditions on the parameters of the triggering event.
 */
export function whereNode(where: unknown): Json {
  if (where === null || typeof where !== 'object') return {};
  const { all, any, not, ...leaf } = where as Json;
  if (Array.isArray(all)) return { all: all.map(whereNode) };
  if (Array.isArray(any)) return { any: any.map(whereNode) };
  if (not !== undefined) return { not: whereNode(not) };
  return { type: 'event_param', ...leaf };
}

type Json = unknown;

/**
 * Settings in which blocks are called by other IDs, where they mention results of blocks: `$run`
 * paths, conditions and waits about a block's message or result, and `run.ID` in Liquid.
 */
export function renameReferences(value: Json, ids: ReadonlyMap<string, string>): Json {
  if (ids.size === 0) return value;
  if (typeof value === 'string') return renameInLiquid(value, ids);
  if (Array.isArray(value)) return value.map((each: Json) => renameReferences(each, ids));
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([name, inner]) => [
    name,
    renameMember(name, inner as Json, value as Record<string, Json>, ids),
  ]);
  return Object.fromEntries(members) as Json;
}

function renameMember(
  name: string,
  inner: Json,
  { type }: Record<string, Json>,
  ids: ReadonlyMap<string, string>,
): Json {
  if (typeof inner === 'string') {
    if (name === '$run' || (name === 'param' && type === 'run')) return renameHead(inner, ids);
    if (name === 'block') return ids.get(inner) ?? inner;
  }
  return renameReferences(inner, ids);
}

/** A path whose first part is the ID of a block. */
function renameHead(path: string, ids: ReadonlyMap<string, string>): string {
  const [head = ''] = /^[^.[]*/.exec(path) ?? [];
  return (ids.get(head) ?? head) + path.slice(head.length);
}

/** Liquid stands in double or single braces with percent; the rest of a text is left alone. */
function renameInLiquid(text: string, ids: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{[^]*?\}\}|\{%[^]*?%\}/g, (code) =>
    code.replace(/(?<![\w.])run\.([A-Za-z][\w-]*)/g, (_, id: string) => `run.${ids.get(id) ?? id}`),
  );
}

type Json = Record<string, unknown>;

const outer = ['language', 'start', 'stop', 'limits', 'first', 'blocks'];
const blockHead = ['type'];
const blockTail = ['exits', 'position', 'note'];

/**
 * The same definition with its members in the order in which people read them, blocks as a run
 * meets them: the database does not keep the order in which they were written.
 */
export function ordered(definition: Json): Json {
  const { blocks } = definition;
  const sorted = withFirst(definition, outer);
  if (!isObject(blocks)) return sorted;
  const ids = blockOrder(definition);
  return { ...sorted, blocks: Object.fromEntries(ids.map((id) => [id, orderedBlock(blocks[id])])) };
}

/** IDs of all blocks as a run meets them, then those to which nothing leads. */
export function blockOrder({ first, blocks }: Json): string[] {
  if (!isObject(blocks)) return [];
  return [...new Set([...walk(blocks, first), ...Object.keys(blocks)])];
}

function orderedBlock(block: unknown): unknown {
  if (!isObject(block)) return block;
  const settings = Object.keys(block).filter(
    (name) => !blockHead.includes(name) && !blockTail.includes(name),
  );
  return withFirst(block, [...blockHead, ...settings, ...blockTail]);
}

/** IDs of blocks breadth first from the first one. */
function walk(blocks: Json, first: unknown): string[] {
  const met = new Set<string>();
  const open = [first];
  for (const id of open) {
    if (typeof id !== 'string' || met.has(id) || !(id in blocks)) continue;
    met.add(id);
    const block = blocks[id];
    if (isObject(block) && isObject(block.exits)) open.push(...Object.values(block.exits));
  }
  return [...met];
}

function withFirst(value: Json, names: readonly string[]): Json {
  const all = [...new Set([...names, ...Object.keys(value)])];
  return Object.fromEntries(all.filter((name) => name in value).map((name) => [name, value[name]]));
}

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Parameters as people paste them: an object, or a whole call of the API; undefined: no JSON. */
export function readParams(text: string): Record<string, unknown> | undefined {
  const value = parsed(text);
  if (!isObject(value)) return undefined;
  const inner = 'eventTypeKey' in value ? (value['params'] ?? {}) : value;
  if (isObject(inner)) return inner;
  if (!Array.isArray(inner)) return undefined;
  const pairs = inner.filter(isObject).map(({ name, value: of }) => [String(name), of] as const);
  return Object.fromEntries(pairs);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

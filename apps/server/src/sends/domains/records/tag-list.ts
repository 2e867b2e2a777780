/**
 * `name=value; name=value`, as DKIM (RFC 6376 §3.2) and DMARC (RFC 7489 §6.4) write it: names in lower
 * case, in order. Undefined when it is none, or names something twice.
 */
export function readTagList(text: string): Map<string, string> | undefined {
  const tags = new Map<string, string>();
  const parts = text.split(';').map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  for (const part of parts) {
    const [, name, value = ''] = /^([A-Za-z][A-Za-z0-9_]*)\s*=\s*([^]*)$/.exec(part) ?? [];
    if (!name || tags.has(name.toLowerCase())) return undefined;
    tags.set(name.toLowerCase(), value.trim());
  }
  return tags.size > 0 ? tags : undefined;
}

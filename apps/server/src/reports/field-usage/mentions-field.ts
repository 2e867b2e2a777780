import { isJsonObject, type Json } from '@perennial/conditions';

const CUSTOM = 'custom.';

/** Members of conditions and of the block that changes fields which hold names of fields. */
const NAMING = new Set(['field', 'set', 'increment', 'decrement', 'append', 'clear']);

/** Whether a definition or a text in it reads or writes a field (by its key in the segment language). */
export function mentionsField(definition: Json, field: string): boolean {
  const inText = textTest(field);
  return mentions(definition, { field, inText, member: '' });
}

function mentions(
  value: Json,
  where: { field: string; inText: (text: string) => boolean; member: string },
): boolean {
  if (typeof value === 'string') return isNamed(value, where) || where.inText(value);
  if (Array.isArray(value)) return value.some((each) => mentions(each, where));
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(
    ([member, each]) => isNamed(member, where) || mentions(each, { ...where, member }),
  );
}

/** "email" is a channel too: without "custom." a name counts only where a field is expected. */
function isNamed(text: string, { field, member }: { field: string; member: string }): boolean {
  if (text !== field) return false;
  return field.startsWith(CUSTOM) || NAMING.has(member);
}

/** `contact.custom.plan`, `contact.custom["plan"]`, `contact.first_name` in Liquid. */
function textTest(field: string): (text: string) => boolean {
  const isCustom = field.startsWith(CUSTOM);
  const key = escape(isCustom ? field.slice(CUSTOM.length) : field);
  const owner = isCustom ? String.raw`contact\.custom` : 'contact';
  const reference = new RegExp(
    String.raw`\b${owner}(?:\.${key}(?![\p{L}\p{N}_-])|\[\s*["']${key}["']\s*\])`,
    'u',
  );
  return (text) => reference.test(text);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

/**
 * Values of parameters as the language reads them: SQL beside `readText`, `readNumber`,
 * `readBoolean` and `hasValue`. No value gives null, and no value raises an error.
 */

/** Its text: a number as plain decimal, a boolean as `true` or `false`. */
export function jsonText(value: string): string {
  return `(case jsonb_typeof(${value}) when 'string' then nullif(${value} #>> '{}', '')
     when 'number' then trim_scale((${value})::numeric)::text
     when 'boolean' then ${value} #>> '{}' end)`;
}

/** A number, or a string of at most 30 characters that is one, as a numeric. */
export function jsonNumber(value: string): string {
  return `(case jsonb_typeof(${value}) when 'number' then (${value})::numeric
     when 'string' then case when length(${value} #>> '{}') <= 30
                              and ${value} #>> '{}' ~ '^-?[0-9]+([.][0-9]+)?$'
                             then (${value} #>> '{}')::numeric end end)`;
}

/** A boolean, or the string `true` or `false`. */
export function jsonBoolean(value: string): string {
  return `(case ${value} #>> '{}' when 'true' then true when 'false' then false end)`;
}

/** Whether it is a value: not null, not an empty text, not an empty list. */
export function jsonIsSet(value: string): string {
  return `${value} not in ('null'::jsonb, '""', '[]')`;
}

/** Its elements, none unless it is a list, as a `from` item with a column `element`. */
export function jsonElements(value: string, alias: string): string {
  return `jsonb_array_elements(case when jsonb_typeof(${value}) = 'array' then ${value} end) as ${alias} (element)`;
}

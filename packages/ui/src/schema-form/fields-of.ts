/** The part of JSON Schema that settings and message contents use. */
export interface ObjectSchema {
  properties?: Record<string, ValueSchema>;
  required?: string[];
}

export interface ValueSchema extends ObjectSchema {
  type?: string;
  enum?: unknown[];
  anyOf?: ValueSchema[];
  items?: ValueSchema;
  maxItems?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

export type FormField = { name: string; required: boolean; default?: unknown } & FieldKind;

export type FieldKind =
  | { kind: 'text' | 'long'; maxLength?: number }
  | { kind: 'number'; integer: boolean; minimum?: number; maximum?: number }
  | { kind: 'switch' }
  | { kind: 'choice'; options: string[] }
  | { kind: 'group'; fields: FormField[] }
  | { kind: 'list'; fields: FormField[]; most?: number }
  | { kind: 'json' };

/** From this length a text gets several lines. */
const longText = 4_500;

/** The fields of a form for an object of this schema, in the schema's order. */
export function fieldsOf(schema: ObjectSchema): FormField[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).map(([name, value]) => ({
    name,
    required: required.has(name) && value.default === undefined,
    ...(value.default === undefined ? {} : { default: value.default }),
    ...kindOf(value),
  }));
}

function kindOf(schema: ValueSchema): FieldKind {
  if (schema.enum) return { kind: 'choice', options: schema.enum.map(String) };
  if (schema.anyOf) return kindOfUnion(schema.anyOf);
  if (schema.type === 'string') return textKind(schema);
  if (schema.type === 'integer' || schema.type === 'number') return numberKind(schema);
  if (schema.type === 'boolean') return { kind: 'switch' };
  if (schema.type === 'object' && schema.properties) {
    return { kind: 'group', fields: fieldsOf(schema) };
  }
  if (schema.type === 'array' && schema.items?.properties) {
    const { maxItems } = schema;
    const fields = fieldsOf(schema.items);
    return { kind: 'list', fields, ...(maxItems === undefined ? {} : { most: maxItems }) };
  }
  return { kind: 'json' };
}

/** A number that may also be a template is typed as text. */
function kindOfUnion(options: readonly ValueSchema[]): FieldKind {
  const text = options.find((option) => option.type === 'string');
  return text ? textKind(text) : { kind: 'json' };
}

function textKind({ maxLength }: ValueSchema): FieldKind {
  const kind = maxLength !== undefined && maxLength >= longText ? 'long' : 'text';
  return { kind, ...(maxLength === undefined ? {} : { maxLength }) };
}

function numberKind({ type, minimum, maximum }: ValueSchema): FieldKind {
  return {
    kind: 'number',
    integer: type === 'integer',
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

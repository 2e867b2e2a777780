import {
  fieldIdentifier,
  isUsableIdentifier,
  kindOfField,
  MAX_IDENTIFIER,
  normalizeEmail,
  normalizePlainPhone,
  type FieldRule,
} from '../contacts/index.ts';
import type { EventItem, Identifier, IdentifierKind, Json, JsonObject } from '../inbox/index.ts';

/** A rule of the workspace: this parameter holds what finds the contact by this field. */
export interface Mapping {
  parameter: string;
  /** `external_id`, `email`, `phone`, `push_token`, or a field's key in the segment language. */
  field: string;
  /** Of a field. */
  rule?: FieldRule | undefined;
}

/** An identifier among the parameters, and where it stood. */
export interface NamedIdentifier {
  parameter: string;
  field: string;
  kind: IdentifierKind;
  value: string;
  /** Only a rule of the workspace says that this parameter holds it. */
  ruled: boolean;
}

export interface Identified {
  /** In order of priority. */
  found: NamedIdentifier[];
  /** Parameters that should name the contact, and cannot. */
  unusable: { parameter: string; message: string }[];
}

/** Parameter names that identify the contact (without regard to case), in order of priority. */
const WELL_KNOWN: [kind: IdentifierKind, field: string, names: string[]][] = [
  ['contact', 'id', ['contactid', 'contact_id']],
  ['external_id', 'external_id', ['externalcustomerid']],
  ['email', 'email', ['email', 'emailaddress', 'useremail', 'contactemail']],
  ['phone', 'phone', ['phone', 'sms', 'phonenumber']],
  ['push_token', 'push_token', ['pushtoken', 'mobpushtoken']],
  ['chat_id', 'chat_id', ['telegrambottoken']],
  ['field.contact_key', 'contact_key', ['contactkey', 'contact_key']],
];

/**
 * Whom the parameters of an event name. The workspace's own rules come before the well-known names
 * of the same kind, and custom fields, which have no well-known names, at last.
 */
export function identifyParams(
  params: JsonObject,
  { mappings, country }: { mappings: readonly Mapping[]; country: string | undefined },
): Identified {
  const byName = sentByName(params);
  const identified: Identified = { found: [], unusable: [] };
  for (const { kind, field, names, rule } of waysOf(mappings)) {
    const sent = names.map((name) => byName.get(name)).find((one) => one !== undefined);
    if (!sent) continue;
    const read = readIdentifier(sent.text, { kind, rule, country });
    const parameter = sent.name;
    const ruled = !wellKnownNames(kind).includes(parameter.toLowerCase());
    if (read.ok) identified.found.push({ parameter, field, kind, value: read.value, ruled });
    else identified.unusable.push({ parameter, message: read.message });
  }
  return identified;
}

function wellKnownNames(kind: IdentifierKind): string[] {
  return WELL_KNOWN.find((known) => known[0] === kind)?.[2] ?? [];
}

/** The parameter that names the contact by an identifier of this kind, no rule being asked. */
export function wellKnownParameter(params: JsonObject, kind: IdentifierKind): string | undefined {
  const byName = sentByName(params);
  return wellKnownNames(kind)
    .map((name) => byName.get(name))
    .find((sent) => sent !== undefined)?.name;
}

/** Without the empty ones: an empty `Email` must not hide the `email` beside it. */
function sentByName(params: JsonObject): Map<string, { name: string; text: string }> {
  const byName = new Map<string, { name: string; text: string }>();
  for (const [name, value] of Object.entries(params)) {
    const text = textOf(value);
    const known = byName.has(name.toLowerCase());
    if (text !== undefined && !known) byName.set(name.toLowerCase(), { name, text });
  }
  return byName;
}

interface Way {
  kind: IdentifierKind;
  field: string;
  /** In lower case, in order of priority. */
  names: string[];
  rule?: FieldRule | undefined;
}

function waysOf(mappings: readonly Mapping[]): Way[] {
  const ways: Way[] = WELL_KNOWN.map(([kind, field, names]) => ({
    kind,
    field,
    names: [...namesFor(field), ...names],
  }));
  const known = new Set(ways.map(({ field }) => field));
  const own = new Map(mappings.filter(({ field }) => !known.has(field)).map((m) => [m.field, m]));
  return [
    ...ways,
    ...[...own].map(([field, { rule }]) => ({
      kind: kindOfField(field),
      field,
      names: namesFor(field),
      rule,
    })),
  ];

  function namesFor(field: string): string[] {
    return mappings.filter((m) => m.field === field).map((m) => m.parameter.toLowerCase());
  }
}

type Read = { ok: true; value: string } | { ok: false; message: string };

function readIdentifier(
  text: string,
  {
    kind,
    rule,
    country,
  }: { kind: IdentifierKind; rule: FieldRule | undefined; country: string | undefined },
): Read {
  if (text.length > MAX_IDENTIFIER) {
    return { ok: false, message: `is longer than ${MAX_IDENTIFIER} characters` };
  }
  if (kind === 'email') return orElse(normalizeEmail(text), 'is no e-mail address');
  if (kind === 'phone') return orElse(normalizePlainPhone(text, country), 'is no phone number');
  if (kind === 'contact')
    return orElse(/^\d{1,15}$/.test(text) ? text : undefined, 'is no contact ID');
  if (rule) return orElse(fieldIdentifier(rule, text), 'does not fit the field');
  return orElse(isUsableIdentifier(text) ? text : undefined, 'identifies nobody');
}

function orElse(value: string | undefined, message: string): Read {
  return value === undefined ? { ok: false, message } : { ok: true, value };
}

/** Old clients send "null" for what they do not know. */
function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' && value.trim() !== '' && value !== 'null'
    ? value.trim()
    : undefined;
}

/** Fields that a contact created with the event gets from it. */
const FILLED = new Set(['email', 'phone', 'contact_key']);

/** The same, for an item: identifiers in order, the fields that they fill, and what rules found. */
export function idsAndFields({ found }: Identified): {
  ids: Identifier[];
  fields: JsonObject;
  ruled: NonNullable<EventItem['ruled']>;
} {
  return {
    ids: found.map(({ kind, value }) => [kind, value]),
    ruled: Object.fromEntries(
      found.filter(({ ruled }) => ruled).map(({ kind, parameter }) => [kind, parameter]),
    ),
    fields: Object.fromEntries(
      found
        .filter(({ field }) => FILLED.has(field) || field.startsWith('custom.'))
        .map(({ field, value }) => [field, value]),
    ),
  };
}

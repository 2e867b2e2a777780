import type { Identifier, IdentifyItem, ImportPart, Json, JsonObject } from '../../inbox/index.ts';
import type { FieldRow } from '../../contacts/index.ts';
import type { ContactField, DedupeOn } from './bulk-body.ts';
import type { ContactFacts } from './contact-body.ts';
import { devicesOf } from './contact-item.ts';

/** What a call in bulk says of all its contacts. */
export interface BulkRules {
  dedupeOn: DedupeOn;
  /** Of `fieldId`. */
  dedupeField: FieldRow | undefined;
  /** Contacts that have a value of that field already. */
  byField: ReadonlyMap<string, number>;
  /** What may change; none: all that is given. */
  contactFields: ReadonlySet<ContactField> | undefined;
  customFields: readonly FieldRow[];
  restoreDeleted: boolean;
  /** Names of lists that all contacts enter, and leave. */
  lists: { add: string[]; remove: string[] };
  eventKey: string | undefined;
  now: Date;
}

/** The stored fields behind the names of `contactFields`. */
const STORED: Partial<Record<ContactField, string>> = {
  firstName: 'first_name',
  lastName: 'last_name',
  languageCode: 'language',
  timeZone: 'time_zone',
  address: 'address.street',
  town: 'address.town',
  region: 'address.region',
  postcode: 'address.postcode',
};

/** Fields by which a contact is found keep the value that it has. */
type Finding = { ids: Identifier[]; kept: ('email' | 'phone')[]; value: string | undefined };

const FINDERS: Record<DedupeOn, (facts: ContactFacts, rules: BulkRules) => Finding> = {
  email: (facts) => foundBySingles(facts, ['email']),
  sms: (facts) => foundBySingles(facts, ['phone']),
  email_or_sms: (facts) => foundBySingles(facts, ['email', 'phone']),
  push: ({ others }) => foundBy(others, 'push_token'),
  webpush: ({ others }) => foundBy(others, 'web_push'),
  id: ({ contactId }) =>
    contactId === undefined
      ? NOTHING
      : { ids: [['contact', String(contactId)]], kept: [], value: String(contactId) },
  externalCustomerId: ({ externalId }) => ({ ids: [], kept: [], value: externalId }),
  fieldId(facts, { dedupeField, byField }) {
    const value = textOf(facts.fields[`custom.${dedupeField?.key}`]);
    if (value === undefined || dedupeField === undefined) return NOTHING;
    const known = byField.get(value);
    const ids: Identifier[] = [[`field.custom.${dedupeField.key}`, value]];
    return {
      // Who has the value but not as an identifier is named by number.
      ids:
        known === undefined || facts.externalId !== undefined ? ids : [['contact', String(known)]],
      kept: [],
      value,
    };
  },
};

const NOTHING: Finding = { ids: [], kept: [], value: undefined };

function foundBySingles(facts: ContactFacts, kinds: ('email' | 'phone')[]): Finding {
  const ids = kinds.flatMap((kind): Identifier[] => {
    const value = facts[kind];
    return value === undefined ? [] : [[kind, value]];
  });
  return { ids, kept: kinds, value: ids[0]?.[1] };
}

function foundBy(others: readonly Identifier[], kind: Identifier[0]): Finding {
  const ids = others.filter(([other]) => other === kind);
  return { ids, kept: [], value: ids[0]?.[1] };
}

/** A value that identifiers can be made of. */
export function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'object' ? undefined : String(value);
}

/** Undefined: it holds nothing to find a contact by. */
export function bulkItem(
  facts: ContactFacts,
  rules: BulkRules,
  part: Omit<ImportPart, 'value'>,
): IdentifyItem | undefined {
  const { ids, kept, value } = FINDERS[rules.dedupeOn](facts, rules);
  const external: Identifier[] =
    facts.externalId === undefined ? [] : [['external_id', facts.externalId]];
  if (ids.length + external.length === 0) return undefined;
  const strong = fieldsToSet(facts, rules);
  const weak: JsonObject = {};
  for (const kind of kept) {
    if (facts[kind] !== undefined) weak[kind] = facts[kind];
    delete strong[kind];
  }
  const gives = givenIds(facts, strong, { ids, allowed: rules.contactFields });
  return {
    kind: 'identify',
    ids: [...external, ...ids],
    weakIds: true,
    ...(gives.length > 0 && { gives }),
    at: rules.now.getTime(),
    source: 'api',
    fields: strong,
    ...(Object.keys(weak).length > 0 && { weakFields: weak }),
    ...(may(rules, 'mobilepush') && devicesOf(facts)),
    ...listsOf(facts, rules),
    strict: true,
    restore: rules.restoreDeleted,
    skipDeleted: !rules.restoreDeleted,
    ...(rules.dedupeOn === 'id' && { mustExist: true }),
    ...(rules.eventKey !== undefined && {
      announce: { created: rules.eventKey, about: 'import' as const },
    }),
    part: { ...part, ...((value ?? facts.externalId) && { value: value ?? facts.externalId! }) },
  };
}

function listsOf({ groups }: ContactFacts, { lists }: BulkRules): Pick<IdentifyItem, 'lists'> {
  const add = [...lists.add, ...groups];
  return add.length + lists.remove.length > 0 ? { lists: { add, remove: lists.remove } } : {};
}

function may({ contactFields }: BulkRules, field: ContactField): boolean {
  return contactFields === undefined || contactFields.has(field);
}

/** Listed fields that are missing are emptied; what is not listed stays. */
function fieldsToSet(facts: ContactFacts, rules: BulkRules): JsonObject {
  const { contactFields, customFields, dedupeField } = rules;
  const fields: JsonObject = {};
  const put = (name: ContactField, field: string, value: Json | undefined): void => {
    if (!may(rules, name)) return;
    if (value !== undefined) fields[field] = value;
    else if (contactFields) fields[field] = null;
  };
  for (const [name, field] of Object.entries(STORED)) {
    put(name as ContactField, field, facts.fields[field]);
  }
  put('contactKey', 'contact_key', facts.contactKey);
  put('email', 'email', facts.email);
  put('sms', 'phone', facts.phone);
  for (const { key } of customFields) {
    const field = `custom.${key}`;
    fields[field] = facts.fields[field] ?? null;
  }
  // The value that finds a contact is what a new one gets.
  const own = dedupeField && `custom.${dedupeField.key}`;
  if (own !== undefined && facts.fields[own] !== undefined) fields[own] = facts.fields[own];
  return fields;
}

/** Identifiers that are set and do not find. */
function givenIds(
  { email, phone, contactKey, others }: ContactFacts,
  strong: JsonObject,
  { ids, allowed }: { ids: Identifier[]; allowed: ReadonlySet<ContactField> | undefined },
): Identifier[] {
  const finds = new Set(ids.map(([kind]) => kind));
  const tokens = others.filter(([kind]) => {
    if (finds.has(kind)) return false;
    if (kind === 'push_token') return !allowed || allowed.has('mobilepush');
    if (kind === 'web_push') return !allowed || allowed.has('webpush');
    return !allowed;
  });
  return [
    ...(strong['email'] ? [['email', email!] as Identifier] : []),
    ...(strong['phone'] ? [['phone', phone!] as Identifier] : []),
    ...(strong['contact_key'] ? [['field.contact_key', contactKey!] as Identifier] : []),
    ...tokens,
  ];
}

import type { Identifier, IdentifyItem, JsonObject } from '../../inbox/index.ts';
import type { ContactFacts } from './contact-body.ts';

/** What finds a contact, the strongest first. */
export function idsOf(facts: ContactFacts): Identifier[] {
  const { externalId, others } = facts;
  return [
    ...(externalId === undefined ? [] : [['external_id', externalId] as Identifier]),
    ...addressIds(facts),
    ...others,
  ];
}

function addressIds({ email, phone }: ContactFacts): Identifier[] {
  return [
    ...(email === undefined ? [] : [['email', email] as Identifier]),
    ...(phone === undefined ? [] : [['phone', phone] as Identifier]),
  ];
}

function contactKeyId({ contactKey }: ContactFacts): Identifier[] {
  return contactKey === undefined ? [] : [['field.contact_key', contactKey]];
}

/** All values that it holds; identifiers are fields of the card, too. */
export function fieldsOf({ fields, email, phone, contactKey }: ContactFacts): JsonObject {
  return {
    ...fields,
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(contactKey !== undefined && { contact_key: contactKey }),
  };
}

/** Those of its push tokens. */
export function devicesOf({
  devices: [device, ...more],
}: ContactFacts): Pick<IdentifyItem, 'device' | 'moreDevices'> {
  return { ...(device && { device }), ...(more.length > 0 && { moreDevices: more }) };
}

/** A single add: every identifier finds, the contact may be new, a deleted one comes back. */
export function addItem(facts: ContactFacts, now: Date): IdentifyItem {
  return {
    kind: 'identify',
    ids: idsOf(facts),
    at: now.getTime(),
    source: 'api',
    fields: fieldsOf(facts),
    ...(facts.contactKey !== undefined && { gives: contactKeyId(facts) }),
    ...devicesOf(facts),
    ...(facts.groups.length > 0 && { lists: { add: facts.groups } }),
    strict: true,
    restore: true,
  };
}

/** A contact that was named: what else the call says finds nobody, and is given to it. */
export function updateItem(contactId: number, facts: ContactFacts, now: Date): IdentifyItem {
  const { externalId, others } = facts;
  return {
    ...addItem(facts, now),
    ids: [
      ['contact', String(contactId)],
      ...(externalId === undefined ? [] : [['external_id', externalId] as Identifier]),
    ],
    gives: [...addressIds(facts), ...others, ...contactKeyId(facts)],
    mustExist: true,
    replaceExternalId: true,
  };
}

/** A sign-up: addresses find, and those that the contact has are kept. */
export function subscribeItem(
  facts: ContactFacts,
  { now, formType }: { now: Date; formType: string | undefined },
): IdentifyItem {
  const { email, phone, ...rest } = facts;
  const suffix = formType === undefined ? '' : `-${formType}`;
  return {
    ...addItem(facts, now),
    source: 'form',
    weakIds: true,
    fields: fieldsOf(rest),
    weakFields: { ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) },
    confirmed: false,
    announce: {
      created: `subscribeFromApi${suffix}`,
      existing: `subscribeUpdateFromApi${suffix}`,
      about: 'subscription',
    },
  };
}

import type { contactChangeSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db, Pool } from '../db/index.ts';
import { notFound, Problem } from '../http/index.ts';
import type { DeleteItem, Identifier, IdentifyItem, JsonObject } from '../inbox/index.ts';
import { readCustomRules } from './field-catalogue.ts';
import { findContact, findOwner, findSharers, readPhoneCountry } from './find-contact.ts';
import { isUsableIdentifier, normalizeEmail, normalizePhone } from './normalize-identifier.ts';
import { checkFields } from './set-fields.ts';
import { atMember, submitItem, type Submission } from './submit-item.ts';
import { CUSTOM_PREFIX } from './system-fields.ts';

/** What a person typed, decoded. */
export type ContactInput = Omit<z.output<typeof contactChangeSchema>, 'settles'>;

/** Makes a contact, or brings a deleted one back. Answers its ID. */
export async function createContact(
  db: Pool,
  { input, ...edit }: Submission & { input: ContactInput },
): Promise<number> {
  const { workspaceId } = edit;
  const change = await readInput(db, { workspaceId, input });
  if (edit.repetition.ticket === null) await refuseKnown(db, { workspaceId, ids: change.ids });
  return apply(db, edit, {
    item: identify(edit, { ...change, input }),
    action: 'contact.create',
    contactId: null,
    after: { external_id: input.external_id ?? null, fields: Object.keys(change.fields) },
  });
}

/**
 * Answers the contact's ID: of one that was merged away, its survivor's. `settles` are conflicts of
 * its fields that go with the change.
 */
export async function changeContact(
  db: Pool,
  {
    id,
    input,
    settles = [],
    ...edit
  }: Submission & { id: number; input: ContactInput; settles?: number[] | undefined },
): Promise<number> {
  const { workspaceId } = edit;
  const contact = await findContact(db, { workspaceId, id });
  if (!contact) throw notFound('contact');
  const change = await readInput(db, { workspaceId, input });
  await refuseExternalId(db, { workspaceId, contact, externalId: input.external_id });
  const isEmpty = change.ids.length === 0 && Object.keys(change.fields).length === 0;
  if (isEmpty && settles.length === 0) return contact.id;
  return apply(db, edit, {
    item: {
      ...identify(edit, { ...change, input }),
      ids: [['contact', String(contact.id)], ...change.ids],
      mustExist: true,
      ...(settles.length > 0 && { settles }),
    },
    action: 'contact.change',
    contactId: contact.id,
    after: { fields: Object.keys(change.fields), ...externalIdOf(input) },
  });
}

/** The old external ID still finds the contact, and nobody else can have it. */
export async function replaceExternalId(
  db: Pool,
  { id, externalId, ...edit }: Submission & { id: number; externalId: string },
): Promise<number> {
  const { workspaceId } = edit;
  const contact = await findContact(db, { workspaceId, id });
  if (!contact) throw notFound('contact');
  if (!isUsableIdentifier(externalId)) throw identifiesNobody();
  const owner = await findOwner(db, { workspaceId, externalId });
  if (owner && owner.id !== contact.id) throw isThere(owner.id, 'external ID');
  if (contact.external_id === externalId) return contact.id;
  const ids: Identifier[] = [
    ['contact', String(contact.id)],
    ['external_id', externalId],
  ];
  const change = identify(edit, { ids, fields: {}, input: {} });
  return apply(db, edit, {
    item: { ...change, mustExist: true, replaceExternalId: true },
    action: 'contact.replace_external_id',
    contactId: contact.id,
    before: { external_id: contact.external_id },
    after: { external_id: externalId },
  });
}

function identifiesNobody(): Problem {
  const error = atMember({ path: 'external_id', message: 'This identifies nobody.' });
  return new Problem('invalid_request', { detail: error.message, errors: [error] });
}

/** The contact is in nothing any more; its identifiers stay reserved. */
export async function deleteContact(
  db: Pool,
  { id, ...edit }: Submission & { id: number },
): Promise<void> {
  const { workspaceId, by } = edit;
  const contact = await findContact(db, { workspaceId, id });
  if (!contact) throw notFound('contact');
  const item: DeleteItem = {
    kind: 'delete',
    ids: [['contact', String(contact.id)]],
    at: by.at.getTime(),
    source: 'manual',
  };
  await apply(db, edit, { item, action: 'contact.delete', contactId: contact.id });
}

/** The contact is there again, with all that was known of it. */
export async function restoreContact(
  db: Pool,
  { id, ...edit }: Submission & { id: number },
): Promise<number> {
  const { workspaceId, by } = edit;
  const contact = await findContact(db, { workspaceId, id, deletedToo: true });
  if (!contact) throw notFound('contact');
  if (contact.deleted_at === null) {
    throw new Problem('conflict', { detail: 'This contact is not deleted.' });
  }
  return apply(db, edit, {
    item: {
      kind: 'identify',
      ids: [['contact', String(contact.id)]],
      at: by.at.getTime(),
      source: 'manual',
      fields: {},
      restore: true,
      mustExist: true,
    },
    action: 'contact.restore',
    contactId: contact.id,
  });
}

function externalIdOf({ external_id }: ContactInput): { external_id?: string } {
  return external_id ? { external_id } : {};
}

function identify(
  { by }: Submission,
  { ids, fields, input }: { ids: Identifier[]; fields: JsonObject; input: ContactInput },
): IdentifyItem {
  return {
    kind: 'identify',
    ids,
    at: by.at.getTime(),
    source: 'manual',
    fields,
    strict: true,
    restore: true,
    ...(input.confirmed !== undefined && { confirmed: input.confirmed }),
    ...(input.consent_text !== undefined && {
      consent: { text: input.consent_text, by: by.actor.name },
    }),
    ...(input.withdraw_consent && { withdraws: by.actor.name }),
  };
}

/** Audited by the names of the fields: their values are in the contact's activity, and erased with it. */
async function apply(
  db: Pool,
  edit: Submission,
  {
    item,
    action,
    contactId,
    ...changes
  }: {
    item: IdentifyItem | DeleteItem;
    action: string;
    contactId: number | null;
    before?: unknown;
    after?: unknown;
  },
): Promise<number> {
  const outcome = await submitItem(db, edit, {
    itemOf: (ticket) => ({ ...item, ticket }),
    audit: { action, object: { kind: 'contact', id: contactId }, ...changes },
  });
  return outcome.contactId;
}

interface Change {
  /** As they are stored. */
  ids: Identifier[];
  fields: JsonObject;
}

/** Checks what was typed against the fields of the workspace; throws what is wrong, by member. */
async function readInput(
  db: Db,
  { workspaceId, input }: { workspaceId: number; input: ContactInput },
): Promise<Change> {
  const fields = fieldsOf(input);
  const country = await readPhoneCountry(db, { workspaceId });
  const rules = await readCustomRules(db, { workspaceId });
  const errors = checkFields({ fields, rules, country }).map(atMember);
  const { external_id: externalId } = input;
  if (externalId === null) {
    errors.push(atMember({ path: 'external_id', message: 'An external ID cannot be taken away.' }));
  } else if (externalId !== undefined && !isUsableIdentifier(externalId)) {
    errors.push(atMember({ path: 'external_id', message: 'This identifies nobody.' }));
  }
  if (errors.length > 0) {
    const detail = errors.map(({ path, message }) => `${path}: ${message}`).join(' ');
    throw new Problem('invalid_request', { detail: detail.slice(0, 500), errors });
  }
  return { fields, ids: identifiersOf(input, country) };
}

function fieldsOf(input: ContactInput): JsonObject {
  const {
    external_id: _id,
    confirmed: _confirmed,
    consent_text: _text,
    withdraw_consent: _withdraw,
    address,
    custom,
    ...system
  } = input;
  const flat = [
    ...Object.entries(system),
    ...Object.entries(addressParts(address)).map(([part, value]) => [`address.${part}`, value]),
    ...Object.entries(custom ?? {}).map(([key, value]) => [`${CUSTOM_PREFIX}${key}`, value]),
  ];
  return Object.fromEntries(
    flat.flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value === '' ? null : value]],
    ),
  ) as JsonObject;
}

const NO_ADDRESS = { street: null, town: null, region: null, postcode: null, country: null };

function addressParts(address: ContactInput['address']): Record<string, string | null | undefined> {
  return address === null ? NO_ADDRESS : (address ?? {});
}

/** Only the resolver writes identifiers, so it must see them; values were checked before. */
function identifiersOf(input: ContactInput, country: string | undefined): Identifier[] {
  const { external_id: externalId, email, phone, contact_key: contactKey } = input;
  return [
    ...(externalId ? [['external_id', externalId] as Identifier] : []),
    ...(email ? [['email', normalizeEmail(email)!] as Identifier] : []),
    ...(phone ? [['phone', normalizePhone(phone, country)!] as Identifier] : []),
    ...(contactKey ? [['field.contact_key', contactKey] as Identifier] : []),
  ];
}

/** A new contact must not turn out to be one that is there: that would be changed unseen. */
async function refuseKnown(
  db: Db,
  { workspaceId, ids }: { workspaceId: number; ids: Identifier[] },
): Promise<void> {
  const values = new Map(ids);
  const externalId = values.get('external_id');
  if (externalId !== undefined) {
    const owner = await findOwner(db, { workspaceId, externalId });
    if (owner && !owner.deleted) throw isThere(owner.id, 'external ID');
    return;
  }
  for (const kind of ['email', 'phone'] as const) {
    const value = values.get(kind);
    if (value === undefined) continue;
    const [known] = await findSharers(db, { workspaceId, kind, value });
    if (known !== undefined) throw isThere(known, kind);
  }
}

function isThere(id: number, what: string): Problem {
  return new Problem('already_exists', {
    detail: `Contact ${id} has this ${what}.`,
    existing: id,
  });
}

/** Two contacts become one only by a merge that somebody asks for. */
async function refuseExternalId(
  db: Db,
  {
    workspaceId,
    contact,
    externalId,
  }: {
    workspaceId: number;
    contact: { id: number; external_id: string | null };
    externalId: string | null | undefined;
  },
): Promise<void> {
  if (!externalId || externalId === contact.external_id) return;
  if (contact.external_id !== null) {
    throw new Problem('conflict', {
      detail:
        "A contact's external ID does not change with its other values: PUT /contacts/{id}/external_id replaces it.",
    });
  }
  const owner = await findOwner(db, { workspaceId, externalId });
  if (owner && owner.id !== contact.id) throw isThere(owner.id, 'external ID');
}

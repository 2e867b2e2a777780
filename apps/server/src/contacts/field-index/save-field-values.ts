import type { Tx } from '../../db/index.ts';
import type { ContactState } from '../contact-state.ts';
import { valueOf } from '../set-fields.ts';
import { indexedValues } from './indexed-values.ts';
import { readIndexedByWorkspace } from './queries.ts';
import {
  deleteFieldValues,
  insertFieldValues,
  readFieldValues,
  type FieldValue,
  type StoredValue,
} from './store-values.ts';

/** Brings the indexes of fields to what the cards say, in the transaction that writes the cards. */
export async function saveFieldValues(
  tx: Tx,
  { contacts }: { contacts: ContactState[] },
): Promise<void> {
  const workspaceIds = [...new Set(contacts.map(({ workspaceId }) => workspaceId))];
  const indexed = await readIndexedByWorkspace(tx, { workspaceIds });
  const concerned = contacts.filter(({ workspaceId }) => indexed.has(workspaceId));
  if (concerned.length === 0) return;
  const said = new Map(
    concerned
      .flatMap((contact) => valuesOf(contact, indexed.get(contact.workspaceId)!))
      .map((value) => [keyOf(value, value.number !== null), value]),
  );
  const contactIds = concerned.map(({ id }) => id);
  const stored = await readFieldValues(tx, { contactIds });
  const known = new Set(stored.map((value) => storedKey(value)));
  await deleteFieldValues(tx, { values: stored.filter((value) => !said.has(storedKey(value))) });
  await insertFieldValues(tx, {
    values: [...said].flatMap(([key, value]) => (known.has(key) ? [] : [value])),
  });
}

function valuesOf(contact: ContactState, indexed: string[]): FieldValue[] {
  const { id: contactId, workspaceId, externalId } = contact;
  return indexed.flatMap((field) =>
    indexedValues(field === 'external_id' ? externalId : valueOf(contact, field)).map((value) => ({
      contactId,
      workspaceId,
      field,
      ...value,
    })),
  );
}

function storedKey(value: StoredValue): string {
  return keyOf(value, value.isNumber);
}

/** A number and the text of it are two. No text holds U+0000. */
function keyOf(
  { contactId, field, value }: Pick<FieldValue, 'contactId' | 'field' | 'value'>,
  isNumber: boolean,
): string {
  return `${contactId}\0${isNumber}\0${field}\0${value}`;
}

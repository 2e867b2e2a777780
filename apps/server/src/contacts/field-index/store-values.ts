import type { Tx } from '../../db/index.ts';
import type { IndexedValue } from './indexed-values.ts';

/** A value of a contact in the index of a field. */
export interface FieldValue extends IndexedValue {
  contactId: number;
  workspaceId: number;
  field: string;
}

type Key = Pick<FieldValue, 'contactId' | 'field' | 'value'>;

export interface StoredValue extends Key {
  isNumber: boolean;
}

/** All that the indexes hold of these contacts; index field_values_pkey alone. */
export async function readFieldValues(
  tx: Tx,
  { contactIds }: { contactIds: number[] },
): Promise<StoredValue[]> {
  const { rows } = await tx.query<StoredValue>({
    name: 'read_field_values',
    text: `select contact_id as "contactId", field, value, number is not null as "isNumber"
             from field_values where contact_id = any($1)`,
    values: [contactIds],
  });
  return rows;
}

/** Those that are there already stay. */
export async function insertFieldValues(
  tx: Tx,
  { values }: { values: FieldValue[] },
): Promise<void> {
  if (values.length === 0) return;
  await tx.query({
    name: 'insert_field_values',
    text: `insert into field_values (contact_id, workspace_id, field, value, number)
           select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::numeric[])
               on conflict on constraint field_values_pkey do nothing`,
    values: [
      values.map((row) => row.contactId),
      values.map((row) => row.workspaceId),
      values.map((row) => row.field),
      values.map((row) => row.value),
      values.map((row) => row.number),
    ],
  });
}

export async function deleteFieldValues(tx: Tx, { values }: { values: Key[] }): Promise<void> {
  if (values.length === 0) return;
  await tx.query({
    name: 'delete_field_values',
    text: `delete from field_values v
            using unnest($1::bigint[], $2::text[], $3::text[]) as gone (contact_id, field, value)
            where v.contact_id = gone.contact_id and v.field = gone.field and v.value = gone.value`,
    values: [
      values.map((row) => row.contactId),
      values.map((row) => row.field),
      values.map((row) => row.value),
    ],
  });
}

import { copyRows } from '../apps/server/src/db/binary-copy.ts';
import type { Tx } from '../apps/server/src/db/index.ts';

/** A contact known by an external ID, and by its e-mail at example.com. */
export interface Person {
  id: number;
  name: string;
  /** JSON. */
  fields: string;
  /** JSON. */
  setAt: string;
}

/** Contacts with their identifiers, as rows and nothing else. */
export async function copyPeople(
  tx: Tx,
  { workspaceId, people, now }: { workspaceId: number; people: readonly Person[]; now: number },
): Promise<void> {
  await copyRows(
    tx,
    'contacts',
    [
      ['id', 'int8'],
      ['workspace_id', 'int8'],
      ['external_id', 'text'],
      ['email', 'text'],
      ['fields', 'jsonb'],
      ['set_at', 'jsonb'],
      ['source', 'text'],
      ['created_at', 'timestamptz'],
      ['updated_at', 'timestamptz'],
    ],
    people.map(({ id, name, fields, setAt }) => [
      id,
      workspaceId,
      name,
      `${name}@example.com`,
      fields,
      setAt,
      'api',
      now,
      now,
    ]),
  );
  await copyRows(
    tx,
    'identifiers',
    [
      ['workspace_id', 'int8'],
      ['kind', 'text'],
      ['value', 'text'],
      ['contact_id', 'int8'],
      ['set_at', 'timestamptz'],
      ['source', 'text'],
    ],
    people.flatMap(({ id, name }) => [
      [workspaceId, 'external_id', name, id, now, 'api'],
      [workspaceId, 'email', `${name}@example.com`, id, now, 'api'],
    ]),
  );
}

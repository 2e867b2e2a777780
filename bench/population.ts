import { copyRows } from '../apps/server/src/db/binary-copy.ts';
import { inTransaction } from '../apps/server/src/db/index.ts';
import type { EventItem } from '../apps/server/src/inbox/index.ts';
import { copyPeople } from './copy-people.ts';
import type { BenchDatabase } from './database.ts';

const TYPES = Array.from({ length: 10 }, (_, i) => `Type${i}`);
const CHUNK = 20_000;

/** Known contacts `u1` to `uN`, written directly: they are the stage, not the play. */
export async function fillContacts(
  { pool, workspaceId }: BenchDatabase,
  { contacts, now }: { contacts: number; now: number },
): Promise<void> {
  for (let from = 1; from <= contacts; from += CHUNK) {
    const ids = Array.from({ length: Math.min(CHUNK, contacts - from + 1) }, (_, i) => from + i);
    const people = ids.map((id) => ({
      id,
      name: `u${id}`,
      fields: `{"first_name":"Name ${id}","custom.plan":"pro"}`,
      setAt: `{"first_name":[${now},"api"],"email":[${now},"api"],"custom.plan":[${now},"api"]}`,
    }));
    await inTransaction(pool, async (tx) => {
      await copyPeople(tx, { workspaceId, people, now });
      await copyRows(
        tx,
        'addresses',
        [
          ['contact_id', 'int8'],
          ['channel', 'text'],
          ['address', 'text'],
          ['workspace_id', 'int8'],
          ['state', 'text'],
          ['state_at', 'timestamptz'],
          ['source', 'text'],
        ],
        ids.map((id) => [id, 'email', `u${id}@example.com`, workspaceId, 'subscribed', now, 'api']),
      );
    });
  }
  await pool.query(`select setval('contact_ids', $1)`, [contacts]);
  await pool.query('vacuum analyze contacts');
  await pool.query('vacuum analyze identifiers');
}

let serial = 0;

/** An event of a random known contact, 1 % of them unknown, about 180 bytes as JSON. */
export function someEvent({
  contacts,
  now,
  type,
}: {
  contacts: number;
  now: number;
  type?: string;
}): EventItem {
  serial += 1;
  const unknown = serial % 100 === 0;
  const n = 1 + Math.floor(Math.random() * contacts);
  return {
    kind: 'event',
    ids: [['external_id', unknown ? `new${serial}` : `u${n}`]],
    at: now - (serial % 5000),
    source: 'sdk',
    event: type ?? TYPES[serial % TYPES.length]!,
    params: {
      kind: 'Strength',
      burned: 100 + (serial % 700),
      minutes: serial % 60,
      lesson: `l${serial % 500}`,
    },
    messageId: `bench-${now}-${serial}`,
    ownTime: true,
    createContact: true,
  };
}

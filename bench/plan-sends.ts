import { inTransaction } from '../apps/server/src/db/index.ts';
import { decideSends } from '../apps/server/src/sends/index.ts';
import { slotOf } from '../apps/server/src/slots/index.ts';
import type { BenchDatabase } from './database.ts';

/** People with an address each, and a message decided for each of them. */
export async function planSends(
  { pool, workspaceId, slots }: BenchDatabase,
  { messageId, count }: { messageId: number; count: number },
): Promise<void> {
  const now = new Date();
  const { rows } = await pool.query<{ id: number }>(
    `insert into contacts (id, workspace_id, email, fields, source, created_at, updated_at)
     select nextval('contact_ids'), $1, 'p' || n || '@home.example', '{"first_name":"Zoë"}', 'api', $3, $3
       from generate_series(1, $2::int) as n returning id`,
    [workspaceId, count, now],
  );
  await pool.query(
    `insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source)
     select id, 'email', email, workspace_id, 'subscribed', $1, 'api' from contacts
         on conflict do nothing`,
    [now],
  );
  for (let i = 0; i < rows.length; i += 1_000) {
    const requests = rows.slice(i, i + 1_000).map(({ id: contactId }) => ({
      workspaceId,
      contactId,
      slot: slotOf(contactId, slots),
      messageId,
      channel: 'email',
      transactional: false,
      test: false,
      context: { event: { plan: 'Ten minutes', days: ['Monday', 'Wednesday', 'Friday'] } },
      at: now,
    }));
    await inTransaction(pool, (tx) => decideSends(tx, { requests, now }));
  }
}

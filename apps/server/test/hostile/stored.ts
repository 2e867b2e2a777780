import type { Pool } from '../../src/db/index.ts';

/** Facts that every change causes, and that few rows are about. */
const QUIET = ['ContactCreated', 'FieldChanged'];

/**
 * All that a workspace holds, a line a thing: contacts with their values, what happened, values
 * that were not taken, identifiers that were refused, orders, addresses that said no, and what could not be applied.
 */
export async function storedIn(pool: Pool, workspaceId: number): Promise<string[]> {
  const lines = await Promise.all(
    [contacts, facts, conflicts, refusals, orders, suppressions, lists, deadEvents].map((read) =>
      read(pool, workspaceId),
    ),
  );
  return lines.flat();
}

async function contacts(pool: Pool, workspaceId: number): Promise<string[]> {
  const { rows } = await pool.query<{
    id: string | null;
    email: string | null;
    phone: string | null;
    deleted: boolean;
    fields: Record<string, unknown>;
  }>(
    `select external_id as id, email, phone, fields, deleted_at is not null as deleted
       from contacts
      where workspace_id = $1 and merged_into is null order by contacts.id`,
    [workspaceId],
  );
  return rows.map(({ id, email, phone, fields, deleted }) => {
    const addresses = { ...(email !== null && { email }), ...(phone !== null && { phone }) };
    const what = `${deleted ? 'deleted contact' : 'contact'} ${id ?? 'without ID'}`;
    return line(what, { ...addresses, ...fields });
  });
}

async function facts(pool: Pool, workspaceId: number): Promise<string[]> {
  const { rows } = await pool.query<{
    type: string;
    /** With the contact that was found for it, whose number no row knows. */
    params: { ContactId?: number };
    key: string | null;
    nobody: boolean;
  }>(
    `select t.key as type, e.params, e.key, e.contact_id = 0 as nobody
       from events e join event_types t on t.id = e.event_type_id
      where e.workspace_id = $1 and t.key <> all($2) order by e.id`,
    [workspaceId, QUIET],
  );
  return rows.map(({ type, params: { ContactId: _found, ...params }, key, nobody }) =>
    [
      line(type, params),
      ...(key === null ? [] : [`key ${key}`]),
      ...(nobody ? ['of nobody'] : []),
    ].join(' '),
  );
}

async function conflicts(pool: Pool, workspaceId: number): Promise<string[]> {
  const { rows } = await pool.query<{ field: string; value: unknown; reason: string }>(
    `select field, value, reason from field_conflicts where workspace_id = $1 order by id`,
    [workspaceId],
  );
  return rows.map(
    ({ field, value, reason }) => `not taken: ${field} ${JSON.stringify(value)}: ${reason}`,
  );
}

async function refusals(pool: Pool, workspaceId: number): Promise<string[]> {
  const { rows } = await pool.query<{ kind: string; value: string; reason: string }>(
    `select kind, last_value as value, reason from identifier_refusals where workspace_id = $1 order by kind, last_value`,
    [workspaceId],
  );
  return rows.map(({ kind, value, reason }) => `refused: ${kind} ${value}: ${reason}`);
}

async function orders(pool: Pool, workspaceId: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; status: string; total: string }>(
    `select external_order_id as id, status, total::float8 as total from orders where workspace_id = $1 order by 1`,
    [workspaceId],
  );
  return rows.map(({ id, status, total }) => `order ${id} ${status} ${total}`);
}

async function suppressions(pool: Pool, workspaceId: number): Promise<string[]> {
  const { rows } = await pool.query<{ channel: string; address: string; reason: string }>(
    `select channel, address, reason from suppressions where workspace_id = $1 order by address`,
    [workspaceId],
  );
  return rows.map(({ channel, address, reason }) => `${channel} ${address} ${reason}`);
}

async function lists(pool: Pool, workspaceId: number): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; n: number }>(
    `select s.name, count(m.contact_id) as n
       from segments s left join memberships m on m.segment_id = s.id and m.member
      where s.workspace_id = $1 group by s.name order by s.name`,
    [workspaceId],
  );
  return rows.map(({ name, n }) => `list ${name}: ${n}`);
}

async function deadEvents(pool: Pool, workspaceId: number): Promise<string[]> {
  const { rows } = await pool.query<{ kind: string; reason: string; detail: string }>(
    `select kind, reason, detail from dead_events where workspace_id = $1 order by id`,
    [workspaceId],
  );
  return rows.map(({ kind, reason, detail }) => `dead ${kind}: ${reason}: ${detail}`);
}

/** Members in the order of their names, as the database keeps none. */
export function line(what: string, members: object): string {
  const sorted = JSON.stringify(members, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return sorted === '{}' ? what : `${what} ${sorted}`;
}

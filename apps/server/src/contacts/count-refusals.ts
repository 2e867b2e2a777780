import type { identifierRefusalCountSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';

type RefusalCount = z.output<typeof identifierRefusalCountSchema>;

/** Contacts that were refused something, by what and why; index identifier_refusals_of_workspace. */
export async function countRefusals(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<RefusalCount[]> {
  const { rows } = await db.query<RefusalCount>(
    `select kind, reason, count(*) as contacts, max(last_at) as last_at
       from identifier_refusals
      where workspace_id = $1
      group by kind, reason
      order by kind, reason`,
    [workspaceId],
  );
  return rows;
}

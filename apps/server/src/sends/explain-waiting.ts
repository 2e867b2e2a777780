import type { Db } from '../db/index.ts';
import { loadEnabledProviders } from './providers/provider-queries.ts';
import type { DeliveryListRow } from './view-queries.ts';

/** With what its provider's trouble is, if it waits for that. */
export type Explained<Row> = Row & { provider_problem: string | null };

/**
 * Lets deliveries that wait for a provider in trouble say so: its trouble is written once, at the
 * provider, and not at each of the many that wait.
 */
export async function explainWaiting<Row extends DeliveryListRow>(
  db: Db,
  { workspaceId, rows }: { workspaceId: number; rows: Row[] },
): Promise<Explained<Row>[]> {
  const providers = rows.some(isUnexplained)
    ? await loadEnabledProviders(db, { workspaceIds: [workspaceId] })
    : [];
  return rows.map((row) => {
    // The first of a channel carries it.
    const provider = providers.find(({ channel }) => channel === row.channel);
    if (!isUnexplained(row) || !provider?.problem) return { ...row, provider_problem: null };
    const reason = `waits for ${provider.name}, which is in trouble`;
    return { ...row, reason, provider_problem: provider.problem };
  });
}

function isUnexplained({ status, reason }: DeliveryListRow): boolean {
  return status === 'queued' && reason === null;
}

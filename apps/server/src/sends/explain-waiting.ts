import type { Db } from '../db/index.ts';
import { loadEnabledProviders, type ProviderRow } from './providers/provider-queries.ts';
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
    const provider = troubled(providers.filter(({ channel }) => channel === row.channel));
    if (!isUnexplained(row) || !provider) return { ...row, provider_problem: null };
    const reason = `waits for ${provider.name}, which is in trouble`;
    return { ...row, reason, provider_problem: provider.problem };
  });
}

/** The first of a channel's providers, if none of them takes messages. */
function troubled(providers: readonly ProviderRow[]): ProviderRow | undefined {
  const outside = providers.filter(({ kind }) => kind !== 'sandbox');
  return outside.every(({ problem }) => problem) ? outside[0] : undefined;
}

function isUnexplained({ status, reason }: DeliveryListRow): boolean {
  return status === 'queued' && reason === null;
}

import { writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import { listProviders, lockProvidersOfChannel, orderProviders } from './provider-queries.ts';
import type { ProviderRow } from './provider-queries.ts';

/** Puts a channel's providers into the order in which they are used; all of them are named. */
export async function arrangeProviders(
  db: Pool,
  {
    workspaceId,
    channel,
    ids,
    by,
  }: { workspaceId: number; channel: string; ids: number[]; by: Origin },
): Promise<ProviderRow[]> {
  await inTransaction(db, async (tx) => {
    const present = await lockProvidersOfChannel(tx, { workspaceId, channel });
    const names = new Map(present.map(({ id, name }) => [id, name]));
    if (
      ids.length !== names.size ||
      new Set(ids).size !== names.size ||
      !ids.every((id) => names.has(id))
    ) {
      throw new Problem('unprocessable', {
        detail: 'Name each provider of the channel once. They may have changed meanwhile.',
        errors: [{ path: '/ids', message: 'Not the providers of this channel.', in: 'body' }],
      });
    }
    await orderProviders(tx, { ids });
    await writeAudit(tx, {
      by,
      action: 'provider.order',
      object: { kind: 'provider', id: ids[0] ?? 0 },
      before: { channel, order: present.map(({ name }) => name) },
      after: { channel, order: ids.map((id) => names.get(id)!) },
    });
  });
  const rows = await listProviders(db, { workspaceId });
  return rows.filter((row) => row.channel === channel);
}

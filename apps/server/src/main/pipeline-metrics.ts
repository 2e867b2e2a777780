import { Gauge, type Registry } from 'prom-client';
import { countFailing } from '../webhooks/index.ts';
import type { Pool } from '../db/index.ts';

export interface PipelineMetrics {
  /** Items accepted and not resolved yet. */
  readBacklog(): Promise<number>;
}

/** What waits where: an operator's first look. */
export function collectPipelineMetrics(
  pool: Pool,
  { registry }: { registry: Registry },
): PipelineMetrics {
  const sum = async (table: 'inbox' | 'slot_queue'): Promise<number> => {
    const { rows } = await pool.query<{ n: string }>(
      `select coalesce(sum(n), 0)::text as n from ${table}`,
    );
    return Number(rows[0]!.n);
  };
  const gauges: [name: string, help: string, read: () => Promise<number>][] = [
    ['perennial_inbox_items', 'Items accepted and not resolved yet', () => sum('inbox')],
    ['perennial_queued_items', 'Items resolved and not applied yet', () => sum('slot_queue')],
    ['perennial_dead_events', 'Items that could not be applied', () => count(pool, 'dead_events')],
    ['perennial_failing_webhooks', 'Webhooks that nobody listens to', () => countFailing(pool)],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  }
  return { readBacklog: () => sum('inbox') };
}

async function count(pool: Pool, table: 'dead_events'): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*) as n from ${table}`);
  return rows[0]!.n;
}

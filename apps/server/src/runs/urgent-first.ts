import { PRIORITIES, prioritySchema } from '@perennial/contracts';
import type { Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { loadMessageSending } from '../messages/index.ts';
import type { WorkflowIndex } from '../workflows/index.ts';
import type { RunRow } from './queries.ts';

/**
 * Of one contact's runs that are due at the same instant, those go first whose block sends the more
 * urgent message: where rules limit how much is sent, it takes the place. Rows come and go in the
 * order of their instants; nothing is asked unless instants meet.
 */
export async function urgentFirst(
  tx: Tx,
  { rows, index }: { rows: RunRow[]; index: WorkflowIndex },
): Promise<RunRow[]> {
  const meeting = [
    ...Map.groupBy(rows, (row) => `${row.contact_id} ${row.wake_at.getTime()}`).values(),
  ]
    .filter((group) => group.length > 1)
    .flat();
  if (meeting.length === 0) return rows;
  const settings = new Map(meeting.map((row) => [row.id, settingsOf(row, index)]));
  const sending = await loadMessageSending(tx, {
    ids: [...settings.values()].flatMap((own) => messageOf(own) ?? []),
  });
  const rank = (row: RunRow): number => {
    const own = settings.get(row.id);
    const asked = prioritySchema.safeParse(own?.['priority']);
    const said = sending.get(messageOf(own) ?? 0)?.priority ?? 'normal';
    return PRIORITIES.indexOf(asked.success ? asked.data : said);
  };
  return rows.toSorted(
    (a, b) => a.wake_at.getTime() - b.wake_at.getTime() || rank(b) - rank(a) || a.id - b.id,
  );
}

function settingsOf(row: RunRow, index: WorkflowIndex): JsonObject | undefined {
  const version = index.findVersion(row.workflow_id, row.version);
  return version?.definition.blocks[row.block]?.settings as JsonObject | undefined;
}

/** The message that a block sends, if it sends one. */
function messageOf(settings: JsonObject | undefined): number | undefined {
  const message = settings?.['message'];
  return typeof message === 'string' ? Number(message) : undefined;
}

import type { Db } from '../../db/index.ts';
import { loadMessageSending } from '../../messages/index.ts';
import type { RecipientRow } from '../find-candidates.ts';
import type { HoursQuestion } from '../gates/leaves-at.ts';
import { localHours } from '../gates/send-window.ts';
import { knownZone, windowFor } from '../judge-requests.ts';
import { loadSendingSettings } from '../rules/load-sending-settings.ts';
import type { WorkRow } from './work-queries.ts';

/** The send hours of each delivery, in their order; undefined: it may leave at any hour. */
export async function findHours(
  db: Db,
  { rows, recipients }: { rows: readonly WorkRow[]; recipients: ReadonlyMap<number, RecipientRow> },
): Promise<(HoursQuestion | undefined)[]> {
  const bound = rows.filter(isBound);
  if (bound.length === 0) return rows.map(() => undefined);
  const workspaceIds = [...new Set(bound.map((row) => row.workspace_id))];
  const settings = await loadSendingSettings(db, { workspaceIds });
  const sending = await loadMessageSending(db, { ids: bound.map((row) => row.message_id) });
  return rows.map((row) => {
    const [own, said] = [settings.get(row.workspace_id), sending.get(row.message_id)];
    if (!isBound(row) || !own || !said) return undefined;
    const window = windowFor({ asked: row.terms?.send_hours, sending: said, settings: own });
    if (!window) return undefined;
    const contact = knownZone(recipients.get(row.contact_id)?.time_zone);
    return {
      hours: localHours(window, { workspace: own.zone, contact }),
      contactId: row.contact_id,
      releaseMs: own.releaseMs,
    };
  });
}

/** Send hours are for marketing. */
function isBound({ transactional, test }: WorkRow): boolean {
  return !transactional && !test;
}

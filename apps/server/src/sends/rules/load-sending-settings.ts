import { sendWindowSchema, workspaceSettingsSchema, type SendWindow } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import type { FrequencyRuleRow } from './rule-queries.ts';

/** What a workspace says about all of its messages. */
export interface SendingSettings {
  zone: string;
  /** Null: messages may leave at any hour. */
  sendWindow: SendWindow | null;
  releaseMs: number;
  /** Those that are on, oldest first. */
  rules: FrequencyRuleRow[];
}

type SettingsRow = { workspace_id: number; time_zone: string; hours: unknown; release: unknown } & (
  FrequencyRuleRow | { id: null }
);

const RELEASE = workspaceSettingsSchema.shape.release_minutes;

/** By workspace. Index: frequency_rules_key. */
export async function loadSendingSettings(
  db: Db,
  { workspaceIds }: { workspaceIds: readonly number[] },
): Promise<Map<number, SendingSettings>> {
  const { rows } = await db.query<SettingsRow>({
    name: 'load_sending_settings',
    text: `select w.id as workspace_id, w.time_zone, w.settings -> 'send_hours' as hours,
                  w.settings -> 'release_minutes' as release,
                  r.id, r.key, r.kind, r.most, r.time_window, r.channels, r.tag_ids, r.category_ids, r.each_channel,
                  r.counts, r.when_reached, r.enabled, r.created_at, r.updated_at
             from workspaces w
             left join frequency_rules r on r.workspace_id = w.id and r.enabled
            where w.id = any($1::bigint[])
            order by r.id`,
    values: [workspaceIds],
  });
  const byWorkspace = Map.groupBy(rows, (row) => row.workspace_id);
  return new Map([...byWorkspace].map(([id, own]) => [id, settingsOf(own)]));
}

function settingsOf(rows: readonly SettingsRow[]): SendingSettings {
  const { time_zone: zone, hours, release } = rows[0]!;
  // A stored value that no longer fits its setting counts as never chosen.
  const window = sendWindowSchema.safeParse(hours);
  const minutes = RELEASE.safeParse(release ?? undefined);
  return {
    zone,
    sendWindow: window.success ? window.data : null,
    releaseMs: (minutes.success ? minutes.data : RELEASE.parse(undefined)) * 60_000,
    rules: rows.flatMap((row) => (row.id === null ? [] : [row])),
  };
}

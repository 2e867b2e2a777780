import type { FrequencyWindow } from '@perennial/contracts';
import type { Db, Tx } from '../../db/index.ts';

export interface FrequencyRuleRow {
  id: number;
  key: string;
  kind: 'cap' | 'gap';
  most: number;
  time_window: FrequencyWindow;
  /** What the rule is about; empty: everything. */
  channels: string[];
  tag_ids: number[];
  category_ids: number[];
  each_channel: boolean;
  counts: 'marketing' | 'all';
  when_reached: 'refuse' | 'wait';
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `id, key, kind, most, time_window, channels, tag_ids, category_ids, each_channel, counts,
  when_reached, enabled, created_at, updated_at`;

export async function listRules(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<FrequencyRuleRow[]> {
  const { rows } = await db.query<FrequencyRuleRow>(
    `select ${COLUMNS} from frequency_rules where workspace_id = $1 order by id`,
    [workspaceId],
  );
  return rows;
}

export async function lockRule(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<FrequencyRuleRow | undefined> {
  const { rows } = await tx.query<FrequencyRuleRow>(
    `select ${COLUMNS} from frequency_rules where workspace_id = $1 and id = $2 for update`,
    [workspaceId, id],
  );
  return rows[0];
}

export type RuleValues = Omit<FrequencyRuleRow, 'id' | 'created_at' | 'updated_at'>;

/** Undefined when the key is taken. */
export async function insertRule(
  tx: Tx,
  { workspaceId, rule, now }: { workspaceId: number; rule: RuleValues; now: Date },
): Promise<FrequencyRuleRow | undefined> {
  const { rows } = await tx.query<FrequencyRuleRow>(
    `insert into frequency_rules (workspace_id, key, kind, most, time_window, channels, tag_ids, category_ids,
                                  each_channel, counts, when_reached, enabled, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
     on conflict (workspace_id, key) do nothing
     returning ${COLUMNS}`,
    [workspaceId, rule.key, ...valuesOf(rule), now],
  );
  return rows[0];
}

export async function updateRule(
  tx: Tx,
  { id, rule, now }: { id: number; rule: RuleValues; now: Date },
): Promise<FrequencyRuleRow> {
  const { rows } = await tx.query<FrequencyRuleRow>(
    `update frequency_rules
        set kind = $2, most = $3, time_window = $4, channels = $5, tag_ids = $6, category_ids = $7,
            each_channel = $8, counts = $9, when_reached = $10, enabled = $11, updated_at = $12
      where id = $1
      returning ${COLUMNS}`,
    [id, ...valuesOf(rule), now],
  );
  return rows[0]!;
}

function valuesOf(rule: RuleValues): unknown[] {
  return [
    rule.kind,
    rule.most,
    JSON.stringify(rule.time_window),
    rule.channels,
    rule.tag_ids,
    rule.category_ids,
    rule.each_channel,
    rule.counts,
    rule.when_reached,
    rule.enabled,
  ];
}

export async function deleteRule(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from frequency_rules where id = $1`, [id]);
}

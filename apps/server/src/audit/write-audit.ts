import type { Db } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { insertEntry } from './queries.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface AuditRecord {
  by: Origin;
  /** `object.verb`: `tag.rename`, `key.create`. */
  action: string;
  object: { kind: string; id: number | string | null };
  /** What changed, as JSON; see `changesBetween`. Values of secret members are struck out. */
  before?: unknown;
  after?: unknown;
}

/**
 * Records a change. Hand it the transaction that makes the change: there is never one without
 * the other.
 */
export async function writeAudit(tx: Db, record: AuditRecord): Promise<void> {
  const { by, action, object } = record;
  await insertEntry(tx, {
    by,
    action,
    objectKind: object.kind,
    objectId: object.id === null ? null : String(object.id),
    before: withoutSecrets(record.before),
    after: withoutSecrets(record.after),
  });
}

import { Readable } from 'node:stream';
import { writeAudit } from '../audit/index.ts';
import { inTransaction, type Pool } from '../db/index.ts';
import { Content, type Origin } from '../http/index.ts';
import { maskContact, type Rights } from '../users/index.ts';
import { listSuppressions, type SuppressionReason, type SuppressionRow } from './queries.ts';

const AT_ONCE = 5_000;

const COLUMNS = ['channel', 'address', 'reason', 'since', 'until', 'details', 'source'] as const;

/** A CSV of any length, read page by page while it is sent. Who takes it is in the audit. */
export async function exportSuppressions(
  db: Pool,
  {
    workspaceId,
    by,
    now,
    rights,
    channel,
    reason,
  }: {
    workspaceId: number;
    by: Origin;
    now: Date;
    /** Without `contacts.read_personal` addresses are masked, as on the screen. */
    rights: Rights;
    channel?: string | undefined;
    reason?: SuppressionReason | undefined;
  },
): Promise<Content> {
  await inTransaction(db, (tx) =>
    writeAudit(tx, {
      by,
      action: 'suppression.export',
      object: { kind: 'suppression', id: null },
      after: { channel: channel ?? null, reason: reason ?? null },
    }),
  );
  const lines = linesOf(db, { workspaceId, now, channel, reason }, rights);
  return new Content('text/csv; charset=utf-8', Readable.from(lines), {
    'content-disposition': `attachment; filename="suppressions-${now.toISOString().slice(0, 10)}.csv"`,
  });
}

async function* linesOf(
  db: Pool,
  filter: {
    workspaceId: number;
    now: Date;
    channel: string | undefined;
    reason: SuppressionReason | undefined;
  },
  rights: Rights,
): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for (let before: [string, string, string, string] | undefined; ;) {
    const rows = await listSuppressions(db, { ...filter, before, limit: AT_ONCE });
    const shown = maskContact(rows, rights);
    yield shown
      .map((row) => `${COLUMNS.map((column) => cell(row[column])).join(',')}\r\n`)
      .join('');
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || !last) return;
    before = [last.since.toISOString(), last.channel, last.address, last.reason];
  }
}

/** RFC 4180; what a spreadsheet would take for a formula is written as text. */
function cell(value: SuppressionRow[(typeof COLUMNS)[number]]): string {
  const text = value instanceof Date ? value.toISOString() : (value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

import type { LeavingReason, RecipientPagesChange } from '@perennial/contracts';
import { changesBetween, writeAudit } from '../../../audit/index.ts';
import type { Tx } from '../../../db/index.ts';
import type { Origin } from '../../../http/index.ts';
import { changeSettings } from '../../../workspaces/index.ts';
import { readPageLook, type PageLook } from './page-look.ts';
import { lockPages, updatePages } from './queries.ts';

/** What is left out stays as it is. */
export async function changePages(
  tx: Tx,
  { workspaceId, change, by }: { workspaceId: number; change: RecipientPagesChange; by: Origin },
): Promise<PageLook> {
  await lockPages(tx, { workspaceId, now: by.at });
  const before = await readPageLook(tx, { workspaceId });
  const { theme, texts, reasons }: PageLook = withChange(before, change);
  await updatePages(tx, { workspaceId, theme, texts, reasons: stored(reasons) });
  if (change.reasons) {
    const unsubscribe_reasons = reasons.map(({ text }) => text);
    await changeSettings(tx, { workspaceId, change: { unsubscribe_reasons }, by });
  }
  const changes = changesBetween(
    auditView(before),
    auditView({ ...before, theme, texts, reasons }),
  );
  if (changes) {
    await writeAudit(tx, {
      by,
      action: 'settings.change',
      object: { kind: 'workspace', id: workspaceId },
      ...changes,
    });
  }
  return readPageLook(tx, { workspaceId });
}

/** As it would be. */
export function withChange(
  look: PageLook,
  { theme, texts, reasons }: RecipientPagesChange,
): PageLook {
  return {
    ...look,
    ...(theme && { theme }),
    ...(texts && { texts }),
    ...(reasons && { reasons }),
  };
}

/** Which reasons there are is a setting; here is what more is known of each. */
function stored(reasons: readonly LeavingReason[]): object {
  return Object.fromEntries(reasons.map(({ text, ...more }) => [text, more]));
}

function auditView({ theme, texts, reasons }: PageLook) {
  return { page_theme: theme, page_texts: texts, leaving_reasons: reasons };
}

import { randomUUID } from 'node:crypto';
import type { AppPlatform } from '@perennial/contracts';
import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { countSigningKeys, insertApp, lockApp, updateApp, type AppRow } from './queries.ts';

export interface NewApp {
  workspaceId: number;
  name: string;
  key?: string | undefined;
  platform: AppPlatform;
  by: Origin;
}

export async function createApp(tx: Tx, { by, ...app }: NewApp): Promise<AppRow> {
  const key = app.key ?? keyOf(app.name);
  const row = await insertApp(tx, { ...app, key, uuid: randomUUID(), now: by.at });
  if (!row) throw new Problem('already_exists', { detail: `There is an app "${key}" already.` });
  await writeAudit(tx, {
    by: { ...by, workspaceId: app.workspaceId },
    action: 'app.create',
    object: { kind: 'app', id: row.id },
    after: { key, name: app.name, platform: app.platform },
  });
  return row;
}

/** Of a name without a Latin letter or digit nothing is left: then it is just "app". */
function keyOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? ['app'];
  return words.join('-').slice(0, 63);
}

export interface AppChanges {
  workspaceId: number;
  id: number;
  name?: string | undefined;
  platform?: AppPlatform | undefined;
  require_verified?: boolean | undefined;
  archived?: boolean | undefined;
  by: Origin;
}

export async function changeApp(tx: Tx, change: AppChanges): Promise<AppRow> {
  const { workspaceId, id, by } = change;
  const before = await lockApp(tx, { workspaceId, id });
  if (!before) throw notFound('app');
  const after: AppRow = {
    ...before,
    name: change.name ?? before.name,
    platform: change.platform ?? before.platform,
    require_verified: change.require_verified ?? before.require_verified,
    archived_at: archivedAt(before, change),
  };
  if (after.require_verified && !before.require_verified) await requireSigningKey(tx, id);
  const changes = changesBetween(before, after);
  if (!changes) return before;
  await updateApp(tx, after);
  await writeAudit(tx, { by, action: 'app.change', object: { kind: 'app', id }, ...changes });
  return after;
}

function archivedAt({ archived_at: since }: AppRow, { archived, by }: AppChanges): Date | null {
  if (archived === undefined) return since;
  return archived ? (since ?? by.at) : null;
}

async function requireSigningKey(tx: Tx, appId: number): Promise<void> {
  if ((await countSigningKeys(tx, { appId })) > 0) return;
  throw new Problem('unprocessable', {
    detail: 'Add a signing key first: without one no user token can be checked.',
  });
}

import { webhookTells, type WebhookFormatKey, type WebhookKind } from '@perennial/contracts';
import type { requireAlarm } from '../alarms/index.ts';
import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import type { SecretBox } from '../secret/index.ts';
import {
  deleteWebhook,
  findWebhook,
  findWebhookOfAlarm,
  insertWebhook,
  listWebhooks,
  updateState,
  updateWebhook,
  type WebhookRow,
} from './queries.ts';
import {
  newSigningSecret,
  openSecrets,
  rotate,
  sealSecrets,
  type BasicAuth,
  type WebhookSecrets,
} from './secrets.ts';

const MOST_WEBHOOKS = 50;

interface Named {
  workspaceId: number;
  id: number;
  by: Origin;
}

export interface WebhookToCreate {
  workspaceId: number;
  by: Origin;
  name: string;
  url: string;
  format: WebhookFormatKey;
  kinds: WebhookKind[];
  filters: WebhookRow['filters'];
  basic_auth?: BasicAuth | null | undefined;
}

/** Those of alarms are told of little, and there is one for each alarm at most. */
function isShared({ alarm_id: alarm }: WebhookRow): boolean {
  return alarm === null;
}

/** Answers the secret, for the only time. */
export async function createWebhook(
  tx: Tx,
  box: SecretBox,
  { workspaceId, by, basic_auth, kinds, ...webhook }: WebhookToCreate,
): Promise<{ id: number; secret: string | null }> {
  requireTold(kinds, webhook.format);
  const others = (await listWebhooks(tx, { workspaceId })).filter(isShared);
  if (others.length >= MOST_WEBHOOKS) {
    throw new Problem('conflict', {
      detail: `A workspace has at most ${MOST_WEBHOOKS} webhooks: each fact is noted for each of them.`,
    });
  }
  return insert(tx, box, { ...webhook, workspaceId, by, basic_auth, kinds, alarm: null });
}

/** The webhook of an alarm: given once, with its secret, and then changed. */
export async function putAlarmWebhook(
  tx: Tx,
  box: SecretBox,
  {
    alarm,
    by,
    ...to
  }: { alarm: AlarmOfWebhook; by: Origin } & Pick<WebhookChange, 'basic_auth'> & {
      url: string;
    },
): Promise<{ id: number; secret: string | null }> {
  const before = await findWebhookOfAlarm(tx, { alarmId: alarm.id, lock: true });
  const { workspace_id: workspaceId, name } = alarm;
  if (before) {
    await changeWebhook(tx, box, { workspaceId, id: before.id, by, name, ...to });
    return { id: before.id, secret: null };
  }
  return insert(tx, box, {
    ...to,
    name,
    workspaceId,
    by,
    format: 'standard',
    kinds: ['event.received'],
    filters: {},
    alarm: alarm.id,
  });
}

type AlarmOfWebhook = Pick<
  Awaited<ReturnType<typeof requireAlarm>>,
  'id' | 'workspace_id' | 'name'
>;

async function insert(
  tx: Tx,
  box: SecretBox,
  {
    workspaceId,
    by,
    basic_auth,
    kinds,
    alarm,
    ...webhook
  }: WebhookToCreate & { alarm: number | null },
): Promise<{ id: number; secret: string | null }> {
  const secret = webhook.format === 'standard' ? newSigningSecret() : null;
  const secrets: WebhookSecrets = {
    signing: secret === null ? [] : [{ secret }],
    ...(basic_auth && { basic_auth }),
  };
  const row = {
    ...webhook,
    workspace_id: workspaceId,
    alarm_id: alarm,
    kinds: [...new Set(kinds)],
    secrets: sealSecrets(box, secrets),
  };
  const id = await insertWebhook(tx, row, by.at);
  const created = await find(tx, { workspaceId, id });
  await writeAudit(tx, {
    by,
    action: 'webhook.create',
    object: { kind: 'webhook', id },
    after: auditView(created),
  });
  return { id, secret };
}

export interface WebhookChange {
  name?: string | undefined;
  url?: string | undefined;
  kinds?: WebhookKind[] | undefined;
  filters?: WebhookRow['filters'] | undefined;
  /** Null takes it away. */
  basic_auth?: BasicAuth | null | undefined;
}

export async function changeWebhook(
  tx: Tx,
  box: SecretBox,
  { by, basic_auth, ...change }: Named & WebhookChange,
): Promise<void> {
  const before = await find(tx, change);
  if (before.alarm_id !== null && tellsOfOther(before, change)) {
    throw new Problem('conflict', {
      detail: 'The webhook belongs to an alarm: it is told of that alarm, and of nothing else.',
    });
  }
  if (change.kinds) requireTold(change.kinds, before.format);
  const secrets = openSecrets(box, before.secrets);
  const after = {
    ...before,
    name: change.name ?? before.name,
    url: change.url ?? before.url,
    kinds: change.kinds ? [...new Set(change.kinds)] : before.kinds,
    filters: change.filters ?? before.filters,
    secrets:
      basic_auth === undefined
        ? before.secrets
        : sealSecrets(box, { ...secrets, basic_auth: basic_auth ?? undefined }),
  };
  await updateWebhook(tx, after, by.at);
  const changes = changesBetween(
    { ...auditView(before), login: secrets.basic_auth?.login ?? null },
    { ...auditView(after), login: openSecrets(box, after.secrets).basic_auth?.login ?? null },
  );
  if (!changes) return;
  const object = { kind: 'webhook', id: before.id };
  await writeAudit(tx, { by, action: 'webhook.change', object, ...changes });
}

function tellsOfOther(before: WebhookRow, { kinds, filters }: WebhookChange): boolean {
  const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return !isSame(kinds ?? before.kinds, before.kinds) || !isSame(filters ?? {}, before.filters);
}

/** Answers the new secret, for the only time. */
export async function rotateSecret(
  tx: Tx,
  box: SecretBox,
  { by, ...named }: Named,
): Promise<string> {
  const row = await find(tx, named);
  const secret = newSigningSecret();
  const secrets = rotate(openSecrets(box, row.secrets), { secret, now: by.at });
  await updateWebhook(tx, { ...row, secrets: sealSecrets(box, secrets) }, by.at);
  await writeAudit(tx, { by, action: 'webhook.rotate', object: { kind: 'webhook', id: row.id } });
  return secret;
}

/** What happens while it is paused waits, within the limits of what is kept. */
export async function setWebhookState(
  tx: Tx,
  { by, state, ...named }: Named & { state: 'active' | 'paused' },
): Promise<void> {
  const row = await find(tx, named);
  if (row.state === state) return;
  await updateState(tx, { id: row.id, state, now: by.at });
  await writeAudit(tx, {
    by,
    action: state === 'active' ? 'webhook.resume' : 'webhook.pause',
    object: { kind: 'webhook', id: row.id },
    before: { state: row.state },
    after: { state },
  });
}

export async function removeWebhook(tx: Tx, { by, ...named }: Named): Promise<void> {
  const row = await find(tx, named);
  await deleteWebhook(tx, { id: row.id });
  await writeAudit(tx, {
    by,
    action: 'webhook.delete',
    object: { kind: 'webhook', id: row.id },
    before: auditView(row),
  });
}

/** What a format has no word for would be noted and never told. */
function requireTold(kinds: readonly WebhookKind[], format: WebhookFormatKey): void {
  const untold = kinds.findIndex((kind) => !webhookTells(kind, format));
  if (untold === -1) return;
  const message = `Lists of activities do not tell of ${kinds[untold]}.`;
  throw new Problem('unprocessable', {
    detail: message,
    errors: [{ path: `/kinds/${untold}`, message, in: 'body' }],
  });
}

async function find(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<WebhookRow> {
  const row = await findWebhook(tx, { workspaceId, id, lock: true });
  if (!row) throw notFound('webhook');
  return row;
}

function auditView({ name, url, format, kinds, filters, state }: WebhookRow) {
  return { name, url, format, kinds, filters, state };
}

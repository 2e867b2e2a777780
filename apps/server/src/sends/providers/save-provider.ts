import { findProviderKind, isProviderKind, type ProviderKind } from '@perennial/channels';
import type { ProblemDetail } from '@perennial/contracts';
import { changesBetween, writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { detailsOf, notFound, Problem, type Origin } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import type { Egress } from '../../egress/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { createDkimSigner } from '@perennial/channels/providers';
import { problemOfBaseUrl } from './base-url.ts';
import {
  deleteProvider,
  findProvider,
  insertProvider,
  lockProvidersOfChannel,
  updateProvider,
  type ProviderRow,
} from './provider-queries.ts';

export interface NewProvider {
  workspaceId: number;
  by: Origin;
  channel: string;
  kind: string;
  name?: string | undefined;
  /** Settings and secrets together, as its form has them. */
  settings: JsonObject;
  enabled: boolean;
  /** Behind the others of its channel if absent. */
  position?: number | undefined;
}

/** What saving needs beyond the database. */
export interface SaveParts {
  box: SecretBox;
  egress: Pick<Egress, 'names'>;
}

export async function createProvider(
  db: Pool,
  { box, egress }: SaveParts,
  { workspaceId, by, channel, kind, settings: given, ...rest }: NewProvider,
): Promise<ProviderRow> {
  const definition = findProviderKind(kind);
  if (!definition || !(definition.channels as readonly string[]).includes(channel)) {
    throw unprocessable([
      { path: '/kind', message: `There is no provider "${kind}" for the channel "${channel}".` },
    ]);
  }
  const { settings, secrets } = checkSettings(definition, { given, kept: {}, egress });
  return inTransaction(db, async (tx) => {
    const others = await lockProvidersOfChannel(tx, { workspaceId, channel });
    const last = Math.max(-1, ...others.map(({ position }) => position));
    const provider = await insertProvider(tx, {
      workspaceId,
      provider: {
        channel,
        kind,
        name: rest.name ?? definition.label,
        settings,
        secrets: sealSecrets(box, secrets),
        enabled: rest.enabled,
        position: rest.position ?? last + 1,
      },
      now: by.at,
    });
    await writeAudit(tx, {
      by,
      action: 'provider.create',
      object: { kind: 'provider', id: provider.id },
      after: auditView(provider, secrets),
    });
    return provider;
  });
}

export interface ProviderChange {
  workspaceId: number;
  id: number;
  by: Origin;
  name?: string | undefined;
  settings?: JsonObject | undefined;
  enabled?: boolean | undefined;
  position?: number | undefined;
}

export async function changeProvider(
  db: Pool,
  { box, egress }: SaveParts,
  change: ProviderChange,
): Promise<ProviderRow> {
  const { workspaceId, id, by } = change;
  return inTransaction(db, async (tx) => {
    const before = await lock(tx, { workspaceId, id });
    const kept = openSecrets(box, before.secrets);
    const definition = findProviderKind(before.kind);
    const checked =
      change.settings && definition
        ? checkSettings(definition, { given: change.settings, kept, egress })
        : { settings: before.settings, secrets: kept };
    const after = await updateProvider(tx, {
      id,
      provider: {
        ...before,
        name: change.name ?? before.name,
        enabled: change.enabled ?? before.enabled,
        position: change.position ?? before.position,
        settings: checked.settings,
        secrets: sealSecrets(box, checked.secrets),
      },
      now: later(by.at, before.updated_at),
    });
    const changes = changesBetween(auditView(before, kept), auditView(after, checked.secrets));
    if (changes) {
      const object = { kind: 'provider', id };
      await writeAudit(tx, { by, action: 'provider.change', object, ...changes });
    }
    return after;
  });
}

/** Messages that it had taken keep saying so; what waits goes by the next one. */
export async function removeProvider(
  db: Pool,
  { workspaceId, id, by }: { workspaceId: number; id: number; by: Origin },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await lock(tx, { workspaceId, id });
    await deleteProvider(tx, { id });
    await writeAudit(tx, {
      by,
      action: 'provider.delete',
      object: { kind: 'provider', id },
      before: auditView(before, {}),
    });
  });
}

async function lock(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<ProviderRow> {
  const provider = await findProvider(tx, { workspaceId, id, lock: true });
  if (!provider) throw notFound('provider');
  return provider;
}

/** Senders tell a changed provider by this instant, so two changes never share one. */
function later(now: Date, before: Date): Date {
  return now > before ? now : new Date(before.getTime() + 1);
}

type Secrets = Record<string, unknown>;

/** Splits what the form holds; a secret that is left out stays as it was, null removes it. */
function checkSettings(
  definition: ProviderKind,
  { given, kept, egress }: { given: JsonObject; kept: Secrets } & Pick<SaveParts, 'egress'>,
): { settings: JsonObject; secrets: Secrets } {
  const entries = Object.entries(given);
  const isSecret = ([name]: [string, unknown]): boolean => definition.secretFields.includes(name);
  const wanted = { ...kept, ...Object.fromEntries(entries.filter(isSecret)) };
  const present = Object.entries(wanted).filter(([, value]) => value !== null && value !== '');
  const open = entries.filter((entry) => !isSecret(entry) && entry[1] !== null);
  const settings = definition.settings.safeParse(Object.fromEntries(open));
  const secrets = definition.secrets.safeParse(Object.fromEntries(present));
  const issues = [...(settings.error?.issues ?? []), ...(secrets.error?.issues ?? [])];
  const errors = detailsOf(issues, 'body').map((detail) => ({
    ...detail,
    path: `/settings${detail.path}`,
  }));
  if (!settings.success || !secrets.success) throw unprocessable(errors);
  const misled = problemOfBaseUrl(definition, { settings: settings.data as JsonObject, egress });
  if (misled) throw unprocessable([{ path: '/settings/base_url', message: misled }]);
  const parsed = secrets.data as Secrets;
  checkDkimKey(parsed);
  return { settings: settings.data as JsonObject, secrets: parsed };
}

function checkDkimKey({ dkim_private_key: privateKey }: Secrets): void {
  if (typeof privateKey !== 'string') return;
  try {
    createDkimSigner({ domain: 'x', selector: 'x', privateKey });
  } catch {
    throw unprocessable([
      { path: '/settings/dkim_private_key', message: 'Is not a readable RSA key in PEM form.' },
    ]);
  }
}

function sealSecrets(box: SecretBox, secrets: Secrets): string | null {
  return Object.keys(secrets).length === 0 ? null : box.seal(JSON.stringify(secrets));
}

function openSecrets(box: SecretBox, sealed: string | null): Secrets {
  return sealed === null ? {} : (JSON.parse(box.open(sealed)) as Secrets);
}

/** Names of the secrets that are set. */
export function secretsSet(box: SecretBox, row: ProviderRow): string[] {
  if (!isProviderKind(row.kind)) return [];
  try {
    return Object.keys(openSecrets(box, row.secrets));
  } catch {
    // Sealed with another secret: there is none that could be used.
    return [];
  }
}

function auditView(row: ProviderRow, secrets: Secrets): JsonObject {
  const { channel, kind, name, settings, enabled, position } = row;
  return { channel, kind, name, settings, enabled, position, set: Object.keys(secrets).sort() };
}

function unprocessable(errors: ProblemDetail[]): Problem {
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join(' ');
  return new Problem('unprocessable', { detail: detail.slice(0, 500), errors });
}

import { changesBetween, writeAudit } from '../../../audit/index.ts';
import type { Tx } from '../../../db/index.ts';
import { notFound, Problem, type Origin } from '../../../http/index.ts';
import type { SecretBox } from '../../../secret/index.ts';
import {
  deleteSecret,
  insertSecret,
  listSecrets,
  lockSecret,
  updateSecret,
  type FetchSecretRow,
} from './secret-queries.ts';

const MOST_SECRETS = 100;

interface Named {
  workspaceId: number;
  id: number;
  by: Origin;
}

export async function createSecret(
  tx: Tx,
  box: SecretBox,
  {
    workspaceId,
    by,
    name,
    origin,
    header,
    value,
  }: {
    workspaceId: number;
    by: Origin;
    name: string;
    origin: string;
    header: string;
    value: string;
  },
): Promise<FetchSecretRow> {
  const others = await listSecrets(tx, { workspaceId });
  if (others.length >= MOST_SECRETS) {
    throw new Problem('conflict', { detail: `A workspace has at most ${MOST_SECRETS} secrets.` });
  }
  const created = await insertSecret(tx, {
    workspaceId,
    name,
    origin: new URL(origin).origin,
    header,
    sealed: box.seal(value),
    now: by.at,
  });
  if (!created) {
    throw new Problem('already_exists', { detail: `There is a secret "${name}".` });
  }
  await writeAudit(tx, {
    by,
    action: 'fetch_secret.create',
    object: { kind: 'fetch_secret', id: created.id },
    after: auditView(created),
  });
  return created;
}

/** A value that is left out stays, and goes where it went. */
export async function changeSecret(
  tx: Tx,
  box: SecretBox,
  {
    workspaceId,
    id,
    by,
    change,
  }: Named & {
    change: {
      origin?: string | undefined;
      header?: string | undefined;
      value?: string | undefined;
    };
  },
): Promise<FetchSecretRow> {
  const before = await lockSecret(tx, { workspaceId, id });
  if (!before) throw notFound('secret');
  const origin = change.origin === undefined ? before.origin : new URL(change.origin).origin;
  if (origin !== before.origin && change.value === undefined) {
    const message = 'Give the value again: a secret goes only to the host that it was given for.';
    throw new Problem('invalid_request', {
      detail: message,
      errors: [{ path: '/value', message, in: 'body' }],
    });
  }
  const after = await updateSecret(tx, {
    id,
    origin,
    header: change.header ?? before.header,
    sealed: change.value === undefined ? null : box.seal(change.value),
    now: by.at,
  });
  const changes = changesBetween(
    { ...auditView(before), value_given: false },
    { ...auditView(after), value_given: change.value !== undefined },
  );
  if (changes) {
    const object = { kind: 'fetch_secret', id } as const;
    await writeAudit(tx, { by, action: 'fetch_secret.change', object, ...changes });
  }
  return after;
}

export async function removeSecret(tx: Tx, { workspaceId, id, by }: Named): Promise<void> {
  const found = await lockSecret(tx, { workspaceId, id });
  if (!found) throw notFound('secret');
  await deleteSecret(tx, { id });
  await writeAudit(tx, {
    by,
    action: 'fetch_secret.remove',
    object: { kind: 'fetch_secret', id },
    before: auditView(found),
  });
}

function auditView({ name, origin, header }: FetchSecretRow) {
  return { name, origin, header };
}

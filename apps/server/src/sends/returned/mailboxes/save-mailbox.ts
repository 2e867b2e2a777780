import type { MailboxChange, NewMailbox } from '@perennial/contracts';
import { changesBetween, writeAudit } from '../../../audit/index.ts';
import { inTransaction, type Pool } from '../../../db/index.ts';
import { notFound, Problem, type Origin } from '../../../http/index.ts';
import type { SecretBox } from '../../../secret/index.ts';
import { lockWorkspace } from '../../../workspaces/index.ts';
import { mailboxSecrets, type MailboxSecrets } from './access-token.ts';
import {
  deleteMailbox,
  findMailbox,
  insertMailbox,
  listMailboxes,
  updateMailbox,
  type MailboxLogin,
  type MailboxRow,
  type MailboxSettings,
} from './mailbox-queries.ts';

const MOST_MAILBOXES = 20;

type Box = Pick<SecretBox, 'seal' | 'open'>;

interface Whose {
  workspaceId: number;
  by: Origin;
}

export async function addMailbox(
  db: Pool,
  { box }: { box: Box },
  { workspaceId, by, given }: Whose & { given: NewMailbox },
): Promise<MailboxRow> {
  const settings = settingsOf(given, { box, kept: {} });
  return inTransaction(db, async (tx) => {
    await lockWorkspace(tx, { id: workspaceId });
    if ((await listMailboxes(tx, { workspaceId })).length >= MOST_MAILBOXES) {
      throw new Problem('conflict', {
        detail: `A workspace has at most ${MOST_MAILBOXES} mailboxes.`,
      });
    }
    const added = await insertMailbox(tx, { workspaceId, settings, now: by.at });
    const object = { kind: 'mailbox', id: added.id };
    await writeAudit(tx, { by, action: 'mailbox.create', object, after: auditView(added) });
    return added;
  });
}

export async function changeMailbox(
  db: Pool,
  { box }: { box: Box },
  { workspaceId, id, by, given }: Whose & { id: number; given: MailboxChange },
): Promise<MailboxRow> {
  return inTransaction(db, async (tx) => {
    const before = await findMailbox(tx, { workspaceId, id, lock: true });
    if (!before) throw notFound('mailbox');
    const kept = openSecrets(box, before);
    const settings = settingsOf(merged(asGiven(before), given), { box, kept });
    const after = await updateMailbox(tx, {
      id,
      settings,
      fromStart: isElsewhere(before, settings),
      now: by.at,
    });
    const secretsChanged = JSON.stringify(kept) !== JSON.stringify(openSecrets(box, after));
    const changes = changesBetween(
      { ...auditView(before), secrets: 'as before' },
      { ...auditView(after), secrets: secretsChanged ? 'changed' : 'as before' },
    );
    if (changes) {
      const object = { kind: 'mailbox', id };
      await writeAudit(tx, { by, action: 'mailbox.change', object, ...changes });
    }
    return after;
  });
}

export async function removeMailbox(
  db: Pool,
  { workspaceId, id, by }: Whose & { id: number },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await findMailbox(tx, { workspaceId, id, lock: true });
    if (!before) throw notFound('mailbox');
    await deleteMailbox(tx, { id });
    const object = { kind: 'mailbox', id };
    await writeAudit(tx, { by, action: 'mailbox.delete', object, before: auditView(before) });
  });
}

export function openSecrets(box: Pick<SecretBox, 'open'>, row: MailboxRow): MailboxSecrets {
  return mailboxSecrets.parse(JSON.parse(box.open(row.secrets)));
}

/** The mail that was read lies somewhere else. */
function isElsewhere(before: MailboxRow, after: MailboxSettings): boolean {
  return (['host', 'user_name', 'folder'] as const).some((name) => before[name] !== after[name]);
}

/** All that a form has, without the secrets. */
type Given = Omit<NewMailbox, keyof MailboxSecrets> & MailboxSecrets;

function asGiven(row: MailboxRow): Given {
  const { user_name: user, login } = row;
  return {
    name: row.name,
    host: row.host,
    port: row.port,
    security: row.security,
    accept_any_certificate: row.accept_any_certificate,
    user,
    login: login.kind,
    token_url: (login.kind === 'oauth' && login.token_url) || null,
    client_id: (login.kind === 'oauth' && login.client_id) || null,
    scope: (login.kind === 'oauth' && login.scope) || null,
    folder: row.folder,
    afterwards: row.afterwards,
    move_to: row.move_to,
    enabled: row.enabled,
  };
}

/** What a change leaves out stays as it is. */
function merged(before: Given, change: MailboxChange): Given {
  const said = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(said) };
}

function settingsOf(
  given: Given,
  { box, kept }: { box: Box; kept: MailboxSecrets },
): MailboxSettings {
  const { password, access_token, refresh_token, client_secret, ...rest } = given;
  const secrets = withoutAbsent({
    password: password ?? kept.password,
    access_token: access_token ?? kept.access_token,
    refresh_token: refresh_token ?? kept.refresh_token,
    client_secret: client_secret ?? kept.client_secret,
  });
  const login = loginOf(rest);
  checkLogin(login, secrets);
  if (rest.afterwards === 'move' && rest.move_to === null) {
    throw faulty('/move_to', 'Name the folder that mail is moved to.');
  }
  if (rest.afterwards === 'move' && rest.move_to === rest.folder) {
    throw faulty('/move_to', 'Is the folder that is read: name another one.');
  }
  return {
    name: rest.name,
    host: rest.host,
    port: rest.port,
    security: rest.security,
    accept_any_certificate: rest.accept_any_certificate,
    user_name: rest.user,
    login,
    secrets: box.seal(JSON.stringify(secrets)),
    folder: rest.folder,
    afterwards: rest.afterwards,
    move_to: rest.afterwards === 'move' ? rest.move_to : null,
    enabled: rest.enabled,
  };
}

function loginOf({ login, token_url, client_id, scope }: Given): MailboxLogin {
  if (login === 'password') return { kind: 'password' };
  return {
    kind: 'oauth',
    ...(token_url !== null && { token_url }),
    ...(client_id !== null && { client_id }),
    ...(scope !== null && { scope }),
  };
}

function checkLogin(login: MailboxLogin, secrets: MailboxSecrets): void {
  if (login.kind === 'password') {
    if (secrets.password === undefined) throw faulty('/password', 'Is needed to log in.');
    return;
  }
  if (secrets.refresh_token !== undefined && login.token_url === undefined) {
    throw faulty('/token_url', 'Say where the refresh token is exchanged for an access token.');
  }
  if (secrets.refresh_token === undefined && secrets.access_token === undefined) {
    throw faulty('/refresh_token', 'Is needed to log in, or an access token that lasts.');
  }
}

/** Only what is there is sealed. */
function withoutAbsent(secrets: {
  [Name in keyof MailboxSecrets]: string | undefined;
}): MailboxSecrets {
  return Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== undefined));
}

function faulty(path: string, message: string): Problem {
  return new Problem('unprocessable', {
    detail: `${path}: ${message}`,
    errors: [{ path, message, in: 'body' }],
  });
}

function auditView(row: MailboxRow) {
  return asGiven(row);
}

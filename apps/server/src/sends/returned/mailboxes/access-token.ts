import type { HttpPort } from '@perennial/channels/providers';
import { z } from 'zod';
import type { ImapLogin } from './open-imap.ts';
import type { MailboxLogin, MailboxRow } from './mailbox-queries.ts';

/** What is sealed of a mailbox. */
export const mailboxSecrets = z.strictObject({
  password: z.string().min(1).max(5_000).optional(),
  access_token: z.string().min(1).max(10_000).optional(),
  refresh_token: z.string().min(1).max(10_000).optional(),
  client_secret: z.string().min(1).max(5_000).optional(),
});
export type MailboxSecrets = z.infer<typeof mailboxSecrets>;

const TOKEN_MS = 15_000;
const answer = z.object({ access_token: z.string().min(1) });

/** The account's log-in, with a token that is fetched for it where there is a refresh token. */
export async function loginOf(
  http: HttpPort,
  { row, secrets }: { row: Pick<MailboxRow, 'user_name' | 'login'>; secrets: MailboxSecrets },
): Promise<ImapLogin> {
  const user = row.user_name;
  if (row.login.kind === 'password') return { user, pass: secrets.password ?? '' };
  const { token_url: url } = row.login;
  const accessToken =
    url !== undefined && secrets.refresh_token !== undefined
      ? await refresh(http, { url, login: row.login, secrets })
      : (secrets.access_token ?? '');
  return { user, accessToken };
}

/** RFC 6749 §6. */
async function refresh(
  http: HttpPort,
  {
    url,
    login,
    secrets,
  }: { url: string; login: Extract<MailboxLogin, { kind: 'oauth' }>; secrets: MailboxSecrets },
): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: secrets.refresh_token ?? '',
    ...(login.client_id !== undefined && { client_id: login.client_id }),
    ...(secrets.client_secret !== undefined && { client_secret: secrets.client_secret }),
    ...(login.scope !== undefined && { scope: login.scope }),
  }).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  };
  const outcome = await http.send({ method: 'POST', url, headers, body, timeoutMs: TOKEN_MS });
  if (outcome.kind !== 'answered') throw new TokenRefused(outcome.problem, false);
  const { status, body: text } = outcome.answer;
  const read = answer.safeParse(readJson(text));
  if (status === 200 && read.success) return read.data.access_token;
  throw new TokenRefused(`HTTP ${status}: ${text.slice(0, 300)}`, status >= 400 && status < 500);
}

/** The token service did not give a token; `authenticationFailed` when it said that it will not. */
class TokenRefused extends Error {
  override name = 'TokenRefused';
  readonly authenticationFailed: boolean;

  constructor(problem: string, authenticationFailed: boolean) {
    super(`No access token: ${problem}`);
    this.authenticationFailed = authenticationFailed;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

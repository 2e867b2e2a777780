import type { HttpPort } from '@perennial/channels/providers';
import type { ImapFlow } from 'imapflow';
import { loginOf, type MailboxSecrets } from './access-token.ts';
import type { MailboxRow } from './mailbox-queries.ts';
import { openImap, troubleOf } from './open-imap.ts';

export interface MailboxTrial {
  ok: boolean;
  problem: string | null;
  messages: number | null;
  tells_at_once: boolean | null;
  folders: string[];
}

const MOST_FOLDERS = 100;

/** Logs in and looks at the folder, and changes nothing there. */
export async function tryMailbox(
  http: HttpPort,
  { row, secrets }: { row: MailboxRow; secrets: MailboxSecrets },
): Promise<MailboxTrial> {
  let client: ImapFlow | undefined;
  try {
    client = await openImap(row, await loginOf(http, { row, secrets }));
    const names = (await client.list({ listOnly: true })).map(({ path }) => path);
    if (!names.some((name) => isSame(name, row.folder))) return withoutFolder(row, names);
    const status = await client.status(row.folder, { messages: true });
    return {
      ok: true,
      problem: null,
      messages: status === false ? null : (status.messages ?? null),
      tells_at_once: client.capabilities.has('IDLE'),
      folders: [],
    };
  } catch (error) {
    const { problem } = troubleOf(error);
    return { ok: false, problem, messages: null, tells_at_once: null, folders: [] };
  } finally {
    client?.close();
  }
}

function withoutFolder({ folder }: MailboxRow, names: string[]): MailboxTrial {
  return {
    ok: false,
    problem: `There is no folder "${folder}".`,
    messages: null,
    tells_at_once: null,
    folders: names.slice(0, MOST_FOLDERS),
  };
}

/** RFC 3501 §5.1: INBOX is the same in small letters, other names are not. */
function isSame(name: string, folder: string): boolean {
  return name === folder || (/^inbox$/i.test(name) && /^inbox$/i.test(folder));
}

import type { Db } from '../../db/index.ts';
import type { OwnMailing } from '../../messages/index.ts';
import type { SecretBox } from '../../secret/index.ts';

interface OwnRow {
  domain: string;
  selector: string;
  private_key: string;
  signs: boolean;
  return_domain: string | null;
}

interface SenderOfMail {
  name: string;
  address: string;
  reply_to: string | null;
  is_default: boolean;
}

export interface OwnMailings {
  get(workspaceId: number): Promise<OwnMailing>;
}

/** What was changed holds after so long. */
const FRESH_MS = 5_000;

/**
 * How the domains of a workspace sign, where their returned mail comes to, and where answers to its
 * senders go. A key signs once it was seen in DNS: before, every message would look forged.
 */
export function createOwnMailings(
  db: Db,
  { box, clock }: { box: Pick<SecretBox, 'open'>; clock: () => Date },
): OwnMailings {
  const known = new Map<number, { at: number; mailing: OwnMailing }>();
  /** Opening costs little, but there are many messages. */
  const opened = new Map<string, string>();
  const open = (sealed: string): string => {
    const key = opened.get(sealed) ?? box.open(sealed);
    opened.set(sealed, key);
    return key;
  };
  return {
    async get(workspaceId) {
      const now = clock().getTime();
      const entry = known.get(workspaceId);
      if (entry && now - entry.at < FRESH_MS) return entry.mailing;
      const read = await readOwnMailing(db, { workspaceId, open });
      // The same object as long as nothing changed.
      const isSame = entry && JSON.stringify(entry.mailing) === JSON.stringify(read);
      const mailing = isSame ? entry.mailing : read;
      known.set(workspaceId, { at: now, mailing });
      return mailing;
    },
  };
}

/** `Name <address>`, the name quoted as RFC 5322 wants it. */
function writeMailbox({ name, address }: SenderOfMail): string {
  return name === '' ? address : `"${name.replaceAll(/["\\]/g, String.raw`\$&`)}" <${address}>`;
}

/** Index: sender_domains_domain, senders_address. */
async function readOwnMailing(
  db: Db,
  { workspaceId, open }: { workspaceId: number; open: (sealed: string) => string },
): Promise<OwnMailing> {
  const { rows: domains } = await db.query<OwnRow>(
    `select d.domain, k.selector, k.private_key,
            coalesce(d.findings -> ('dkim:' || k.selector) ->> 'state' = 'right', false) as signs,
            case d.findings -> 'return_mx' ->> 'state' when 'right' then d.return_domain end as return_domain
       from sender_domains d
       join sender_domain_keys k on k.domain_id = d.id and k.selector = d.active_selector
      where d.workspace_id = $1`,
    [workspaceId],
  );
  const { rows: senders } = await db.query<SenderOfMail>(
    `select name, address, reply_to, is_default from senders
      where workspace_id = $1 and (reply_to is not null or is_default)`,
    [workspaceId],
  );
  const standard = senders.find(({ is_default }) => is_default);
  return {
    domains: domains.map(({ domain, selector, private_key, signs, return_domain }) => ({
      domain,
      ...(signs && { dkim: { domain, selector, privateKey: open(private_key) } }),
      ...(return_domain !== null && { bounceAddress: `bounces@${return_domain}` }),
    })),
    ...(standard && { from: writeMailbox(standard) }),
    replyTo: Object.fromEntries(
      senders.flatMap(({ address, reply_to }) =>
        reply_to === null ? [] : [[address.toLowerCase(), reply_to]],
      ),
    ),
  };
}

import { changesBetween, writeAudit } from '../../audit/index.ts';
import { inTransaction, type Pool, type Tx } from '../../db/index.ts';
import { notFound, Problem, type Origin } from '../../http/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { lockWorkspace } from '../../workspaces/index.ts';
import { makeKeyPair, newSelectors } from './dkim-keys.ts';
import { readDomain } from './dns/domain-names.ts';
import {
  deleteDomain,
  findDomain,
  findKeys,
  insertDomain,
  listDomains,
  switchKeys,
  updateDomain,
  writeKey,
  type SenderDomainRow,
} from './domain-queries.ts';
import { readSenderTerm, writeTerm } from './records/spf-record.ts';

const MOST_DOMAINS = 100;
/** RFC 5321 §4.5.4.1: a message is tried for four to five days. */
export const IN_TRANSIT_MS: number = 5 * 86_400_000;

interface Whose {
  workspaceId: number;
  id: number;
  by: Origin;
}

/** A domain with two keys: one that signs as soon as it is in DNS, and the next. */
export async function addDomain(
  db: Pool,
  { box }: { box: Pick<SecretBox, 'seal'> },
  {
    workspaceId,
    by,
    ...given
  }: {
    workspaceId: number;
    by: Origin;
    domain: string;
    senders: string[];
    return_domain?: string | undefined;
  },
): Promise<SenderDomainRow> {
  const domain = checkName(given.domain, '/domain');
  const senders = checkSenders(given.senders);
  const returnDomain =
    given.return_domain === undefined ? null : checkName(given.return_domain, '/return_domain');
  const selectors = newSelectors();
  // Takes a while, so nothing is locked meanwhile.
  const pairs = await Promise.all(selectors.map(() => makeKeyPair()));
  return inTransaction(db, async (tx) => {
    // So that two of them take turns, and the count holds.
    await lockWorkspace(tx, { id: workspaceId });
    const others = await listDomains(tx, { workspaceId });
    if (others.length >= MOST_DOMAINS) {
      throw new Problem('conflict', { detail: `A workspace has at most ${MOST_DOMAINS} domains.` });
    }
    const added = await insertDomain(tx, {
      workspaceId,
      domain: { domain, senders, return_domain: returnDomain, active_selector: selectors[0] },
      now: by.at,
    });
    if (!added) {
      const existing = others.find((each) => each.domain === domain);
      throw new Problem('already_exists', {
        detail: `${domain} is a sender domain already.`,
        ...(existing && { existing: existing.id }),
      });
    }
    for (const [i, selector] of selectors.entries()) {
      const { publicKey, privateKey } = pairs[i]!;
      await writeKey(tx, {
        key: {
          domain_id: added.id,
          selector,
          public_key: publicKey,
          private_key: box.seal(privateKey),
        },
        now: by.at,
      });
    }
    await writeAudit(tx, {
      by,
      action: 'sender_domain.create',
      object: { kind: 'sender_domain', id: added.id },
      after: auditView(added),
    });
    return added;
  });
}

export async function changeDomain(
  db: Pool,
  {
    workspaceId,
    id,
    by,
    ...given
  }: Whose & { senders?: string[] | undefined; return_domain?: string | null | undefined },
): Promise<SenderDomainRow> {
  const senders = given.senders && checkSenders(given.senders);
  const returnDomain =
    typeof given.return_domain === 'string'
      ? checkName(given.return_domain, '/return_domain')
      : given.return_domain;
  return inTransaction(db, async (tx) => {
    const before = await lock(tx, { workspaceId, id });
    const wanted = {
      ...before,
      ...(senders && { senders }),
      ...(returnDomain !== undefined && { return_domain: returnDomain }),
    };
    const changes = changesBetween(auditView(before), auditView(wanted));
    if (!changes) return before;
    // What is wanted now was not looked for yet; that it is missing breaks nothing that was.
    const { spf: _spf, return_mx: _mx, ...findings } = before.findings;
    const after = await updateDomain(tx, {
      id,
      domain: { ...wanted, findings, state: 'pending', state_at: by.at },
      now: by.at,
    });
    await writeAudit(tx, {
      by,
      action: 'sender_domain.change',
      object: { kind: 'sender_domain', id },
      ...changes,
    });
    return after;
  });
}

/** From now on the other key signs. It must be in DNS, or everything would look forged. */
export async function rotateKeys(
  db: Pool,
  { workspaceId, id, by }: Whose,
): Promise<SenderDomainRow> {
  return inTransaction(db, async (tx) => {
    const before = await lock(tx, { workspaceId, id });
    const next = await idleKey(tx, before);
    if (before.findings[`dkim:${next.selector}`]?.state !== 'right') {
      throw new Problem('conflict', {
        detail: `The key of the selector ${next.selector} was not found in DNS yet. Check again when its record is there.`,
      });
    }
    await switchKeys(tx, { domainId: id, to: next.selector, now: by.at });
    const after = await updateDomain(tx, {
      id,
      domain: { ...before, active_selector: next.selector },
      now: by.at,
    });
    await writeAudit(tx, {
      by,
      action: 'sender_domain.rotate',
      object: { kind: 'sender_domain', id },
      before: { signs: before.active_selector },
      after: { signs: next.selector },
    });
    return after;
  });
}

/** Makes a new key for the selector that does not sign. */
export async function renewKey(
  db: Pool,
  { box }: { box: Pick<SecretBox, 'seal'> },
  { workspaceId, id, by, evenInTransit }: Whose & { evenInTransit: boolean },
): Promise<SenderDomainRow> {
  const { publicKey, privateKey } = await makeKeyPair();
  return inTransaction(db, async (tx) => {
    const before = await lock(tx, { workspaceId, id });
    const idle = await idleKey(tx, before);
    const freeAt = idle.retired_at && new Date(idle.retired_at.getTime() + IN_TRANSIT_MS);
    if (freeAt && freeAt > by.at && !evenInTransit) {
      throw new Problem('conflict', {
        detail:
          `Mail that the selector ${idle.selector} signed may be on its way until ` +
          `${freeAt.toISOString()}; without its key in DNS it would look forged.`,
      });
    }
    await writeKey(tx, {
      key: {
        domain_id: id,
        selector: idle.selector,
        public_key: publicKey,
        private_key: box.seal(privateKey),
      },
      now: by.at,
    });
    const { [`dkim:${idle.selector}`]: _old, ...findings } = before.findings;
    const after = await updateDomain(tx, { id, domain: { ...before, findings }, now: by.at });
    await writeAudit(tx, {
      by,
      action: 'sender_domain.renew_key',
      object: { kind: 'sender_domain', id },
      after: { selector: idle.selector },
    });
    return after;
  });
}

/** Its senders go with it. What was signed with its keys cannot be verified once DNS forgets them. */
export async function removeDomain(db: Pool, { workspaceId, id, by }: Whose): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await lock(tx, { workspaceId, id });
    await deleteDomain(tx, { id });
    await writeAudit(tx, {
      by,
      action: 'sender_domain.delete',
      object: { kind: 'sender_domain', id },
      before: auditView(before),
    });
  });
}

async function lock(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<SenderDomainRow> {
  const domain = await findDomain(tx, { workspaceId, id, lock: true });
  if (!domain) throw notFound('sender domain');
  return domain;
}

async function idleKey(tx: Tx, { id, active_selector }: SenderDomainRow) {
  const keys = await findKeys(tx, { domainIds: [id] });
  const idle = keys.find(({ selector }) => selector !== active_selector);
  if (!idle) throw new Error(`The sender domain ${id} has no second key.`);
  return idle;
}

function checkName(text: string, path: string): string {
  const domain = readDomain(text);
  if (domain !== undefined) return domain;
  const message = 'Is not a domain that belongs to somebody: write it as shop.example.com.';
  throw new Problem('unprocessable', {
    detail: `${path}: ${message}`,
    errors: [{ path, message, in: 'body' }],
  });
}

/** As SPF writes them, each once. */
function checkSenders(texts: readonly string[]): string[] {
  const terms = texts.map((text, i) => {
    const term = readSenderTerm(text);
    if (term) return writeTerm(term);
    const message =
      'Write one mechanism of SPF: include:mail.example, a:mail.example, mx, ip4:192.0.2.1 or ip6:2001:db8::1.';
    throw new Problem('unprocessable', {
      detail: `/senders/${i}: ${message}`,
      errors: [{ path: `/senders/${i}`, message, in: 'body' }],
    });
  });
  return [...new Set(terms)];
}

function auditView({ domain, senders, return_domain }: SenderDomainRow) {
  return { domain, senders, return_domain };
}

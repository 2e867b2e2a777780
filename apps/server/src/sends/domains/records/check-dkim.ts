import type { Dns } from '../dns/ask-dns.ts';
import { missing, shownAll, trouble, type RecordFault, type RecordFinding } from './finding.ts';
import { readTagList } from './tag-list.ts';

/** Where a key stands: RFC 6376 §3.6.2.1. */
export function dkimName({ selector, domain }: { selector: string; domain: string }): string {
  return `${selector}._domainkey.${domain}`;
}

/** What is to stand there. */
export function dkimRecord(publicKey: string): string {
  return `v=DKIM1; k=rsa; p=${publicKey}`;
}

/** Whether the key in DNS is ours. `publicKey`: SubjectPublicKeyInfo in base64. */
export async function checkDkim(
  dns: Dns,
  { selector, domain, publicKey }: { selector: string; domain: string; publicKey: string },
): Promise<RecordFinding> {
  const answer = await dns.txt(dkimName({ selector, domain }));
  if (answer.kind === 'trouble') return trouble(answer.problem);
  if (answer.kind === 'none') return missing();
  const found = shownAll(answer.records);
  // RFC 6376 §3.6.2.2: with several records at a name, any may be taken.
  if (answer.records.length > 1) {
    return { state: 'differs', found, faults: [{ code: 'several_records' }], notes: [] };
  }
  const tags = readTagList(answer.records[0]!);
  const faults = tags ? faultsOf(tags, publicKey) : [{ code: 'not_readable' as const }];
  const isTesting = flagsOf(tags?.get('t')).includes('y');
  return {
    state: faults.length > 0 ? 'differs' : 'right',
    found,
    faults,
    notes: isTesting ? [{ code: 'testing' }] : [],
  };
}

function faultsOf(tags: ReadonlyMap<string, string>, publicKey: string): RecordFault[] {
  const version = tags.get('v');
  if (version !== undefined && (version !== 'DKIM1' || [...tags.keys()][0] !== 'v')) {
    return [{ code: 'not_readable', detail: 'v' }];
  }
  const key = tags.get('p')?.replace(/\s+/g, '');
  if (key === undefined) return [{ code: 'not_readable', detail: 'p' }];
  if (key === '') return [{ code: 'revoked' }];
  const kind = tags.get('k') ?? 'rsa';
  if (kind.toLowerCase() !== 'rsa') return [{ code: 'other_kind', detail: kind.slice(0, 50) }];
  const hashes = flagsOf(tags.get('h'));
  const services = flagsOf(tags.get('s'));
  return [
    ...(key === publicKey ? [] : [{ code: 'other_key' as const }]),
    ...(hashes.length > 0 && !hashes.includes('sha256')
      ? [{ code: 'sha256_not_allowed' as const }]
      : []),
    ...(services.length > 0 && !services.includes('*') && !services.includes('email')
      ? [{ code: 'not_for_mail' as const }]
      : []),
  ];
}

/** `a:b`, with spaces or without. */
function flagsOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(':')
    .map((flag) => flag.trim().toLowerCase())
    .filter(Boolean);
}

import type { Dns } from '../dns/ask-dns.ts';
import {
  missing,
  shown,
  shownAll,
  trouble,
  type FaultCode,
  type NoteCode,
  type RecordFinding,
} from './finding.ts';
import { covers, isSpf, readSpf, writeTerm, type SpfTerm } from './spf-record.ts';

/** RFC 7208 §4.6.4. */
const MOST_LOOKUPS = 10;
const MOST_VOID = 2;

interface Walk {
  lookups: number;
  voids: number;
  /** Every term on the way that lets somebody through. */
  terms: SpfTerm[];
}

type StopReason = { fault: FaultCode; detail?: string } | { trouble: string };

/** Stops the walk: more look-ups would tell nothing new, or the record cannot be evaluated. */
class SpfStop extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super('SPF cannot be evaluated further.');
    this.reason = reason;
  }
}

/**
 * Reads the record of a domain as a receiver would that lets nobody through before the end, so that
 * the look-ups are those of the worst case. `wanted`: who must be let through.
 */
export async function checkSpf(
  dns: Dns,
  { domain, wanted }: { domain: string; wanted: readonly SpfTerm[] },
): Promise<RecordFinding> {
  const answer = await dns.txt(domain);
  if (answer.kind === 'trouble') return trouble(answer.problem);
  const records = answer.kind === 'found' ? answer.records.filter(isSpf) : [];
  if (records.length === 0) return missing();
  const found = shownAll(records);
  const differs = (code: FaultCode, detail?: string): RecordFinding => ({
    state: 'differs',
    found,
    faults: [{ code, ...(detail !== undefined && { detail: shown(detail) }) }],
    notes: [],
  });
  // RFC 7208 §4.5: receivers then treat all of them as an error.
  if (records.length > 1) return differs('several_records', `${records.length}`);
  const read = readSpf(records[0]!);
  if ('wrong' in read) return differs('syntax', read.wrong);
  const walk: Walk = { lookups: 0, voids: 0, terms: [] };
  const stop = await walkTerms(dns, { domain, terms: read.terms, walk }).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof SpfStop) return error.reason;
      throw error;
    },
  );
  if (stop && 'trouble' in stop) return trouble(stop.trouble);
  const missed = wanted.filter((term) => !walk.terms.some((has) => covers(has, term)));
  const end = read.terms.find(({ name }) => name === 'all');
  const faults = [
    ...(stop ? [{ code: stop.fault, ...(stop.detail && { detail: shown(stop.detail) }) }] : []),
    ...(end?.qualifier === '+' ? [{ code: 'passes_everybody' as const }] : []),
    ...(letsSomebodyThrough(read.terms) ? [] : [{ code: 'nobody_passes' as const }]),
    // What was not read any more may name it.
    ...(stop
      ? []
      : missed.map((term) => ({ code: 'sender_not_named' as const, detail: writeTerm(term) }))),
  ];
  return {
    state: faults.length > 0 ? 'differs' : 'right',
    found,
    faults,
    notes: notesOf(read.terms),
    lookups: walk.lookups,
  };
}

function notesOf(terms: readonly SpfTerm[]): { code: NoteCode }[] {
  const end = terms.find(({ name }) => name === 'all');
  const goesOn = terms.some(({ name }) => name === 'redirect');
  return [
    ...(end?.qualifier === '?' ? [{ code: 'neutral_end' as const }] : []),
    ...(!end && !goesOn ? [{ code: 'no_end' as const }] : []),
    ...(terms.some(({ name }) => name === 'ptr') ? [{ code: 'obsolete_ptr' as const }] : []),
  ];
}

interface Step {
  domain: string;
  terms: readonly SpfTerm[];
  walk: Walk;
}

async function walkTerms(dns: Dns, { domain, terms, walk }: Step): Promise<void> {
  const end = terms.findIndex(({ name }) => name === 'all');
  // What stands behind "all" is never reached, and "redirect" only without it.
  const reached = end < 0 ? terms : terms.slice(0, end + 1).filter((t) => t.name !== 'redirect');
  // A redirect counts where the mechanisms end, wherever it stands.
  const ordered = [
    ...reached.filter(({ name }) => name !== 'redirect'),
    ...reached.filter(({ name }) => name === 'redirect'),
  ];
  for (const term of ordered) {
    walk.terms.push(term);
    if (['all', 'ip4', 'ip6'].includes(term.name)) continue;
    walk.lookups += 1;
    if (walk.lookups > MOST_LOOKUPS) throw new SpfStop({ fault: 'too_many_lookups' });
    // A macro depends on who sends.
    if (term.value.includes('%')) continue;
    await follow(dns, { domain, term, walk });
  }
}

async function follow(
  dns: Dns,
  { domain, term, walk }: { domain: string; term: SpfTerm; walk: Walk },
): Promise<void> {
  const name = term.value.replace(/\/.*$/, '') || domain;
  switch (term.name) {
    case 'include':
    case 'redirect': {
      const answer = await dns.txt(name);
      if (answer.kind === 'trouble') throw new SpfStop({ trouble: `${name}: ${answer.problem}` });
      if (answer.kind === 'none') countVoid(walk, name);
      const records = answer.kind === 'found' ? answer.records.filter(isSpf) : [];
      const read = records.length === 1 ? readSpf(records[0]!) : undefined;
      if (!read) throw new SpfStop({ fault: 'include_without_spf', detail: name });
      if ('wrong' in read) throw new SpfStop({ fault: 'syntax', detail: `${name}: ${read.wrong}` });
      return walkTerms(dns, { domain: name, terms: read.terms, walk });
    }
    case 'mx':
      return noteVoid(walk, name, await dns.mx(name));
    case 'a':
    case 'exists':
      return noteVoid(walk, name, await dns.addresses(name));
    default:
      return undefined;
  }
}

function noteVoid(
  walk: Walk,
  name: string,
  answer: { kind: 'found' } | { kind: 'none' } | { kind: 'trouble'; problem: string },
): void {
  if (answer.kind === 'trouble') throw new SpfStop({ trouble: `${name}: ${answer.problem}` });
  if (answer.kind === 'none') countVoid(walk, name);
}

function countVoid(walk: Walk, name: string): void {
  walk.voids += 1;
  if (walk.voids > MOST_VOID) throw new SpfStop({ fault: 'too_many_void_lookups', detail: name });
}

/** A record such as `v=spf1 ~all` says that nobody sends for the domain. */
function letsSomebodyThrough(terms: readonly SpfTerm[]): boolean {
  return terms.some(({ name, qualifier }) => name === 'redirect' || qualifier === '+');
}

/**
 * The record that is to stand there: what stands now with what is missing, or a first one. Empty
 * while nobody is named who sends: such a record would turn away every message.
 */
export function spfRecord(current: string | undefined, wanted: readonly SpfTerm[]): string {
  const read = current === undefined || !isSpf(current) ? undefined : readSpf(current);
  const own = read && 'terms' in read ? read.terms : [];
  if (wanted.length === 0 && !letsSomebodyThrough(own)) return '';
  const added = wanted.filter((term) => !own.some((has) => covers(has, term))).map(writeTerm);
  if (!current || own.length === 0) return ['v=spf1', ...added, '~all'].join(' ');
  const words = current.split(' ').filter(Boolean).slice(1);
  const stays = words.filter((word) => !/^[+?~-]?all$/i.test(word));
  const end = words.find((word) => /^[~?-]all$/i.test(word));
  const last = end ?? (words.some((word) => /^redirect=/i.test(word)) ? undefined : '~all');
  return ['v=spf1', ...stays, ...added, ...(last ? [last] : [])].join(' ');
}

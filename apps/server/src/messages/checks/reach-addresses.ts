import type { HttpAnswer } from '@perennial/channels/providers';
import type { CheckFinding, MessageCheckResult } from '@perennial/contracts';
import type { Egress } from '../../egress/index.ts';
import type { CheckSubject, Found } from './check.ts';
import { bySeverity, toFinding } from './find-findings.ts';
import { isDynamic } from './read-page.ts';
import { faultOf } from './web-address.ts';

/** Asked together; whoever waits for the answer sees how far it is between two such slices. */
const AT_ONCE = 8;
/** A newsletter has some dozens. */
const MOST_ADDRESSES = 100;
const PATIENCE_MS = 6_000;
const MOST_REDIRECTS = 5;

const LARGE_PICTURE = 1_024 * 1_024;
const HEAVY_PICTURE = 300 * 1_024;

interface Address {
  url: string;
  kind: 'link' | 'picture';
  subject: CheckSubject;
}

/** Asks the servers of some links and pictures whether they are there; the others with the next call. */
export async function reachAddresses(
  egress: Pick<Egress, 'send'>,
  { subjects, from }: { subjects: readonly CheckSubject[]; from: number },
): Promise<MessageCheckResult> {
  const all = addressesOf(subjects);
  const asked = all.slice(from, from + AT_ONCE);
  const found = await Promise.all(asked.map((address) => judge(egress, address)));
  return {
    findings: found.flat().toSorted(bySeverity),
    languages: subjects.map(({ language }) => language),
    reached: { done: Math.min(from + asked.length, all.length), total: all.length },
  };
}

/** Each once, under the first language that has it. */
function addressesOf(subjects: readonly CheckSubject[]): Address[] {
  const known = new Map<string, Address>();
  for (const subject of subjects) {
    const { links = [], images = [] } = subject.page ?? {};
    const add = (url: string | undefined, kind: Address['kind']): void => {
      const trimmed = url?.trim() ?? '';
      const key = `${kind} ${trimmed}`;
      if (!isWeb(trimmed) || known.has(key)) return;
      known.set(key, { url: trimmed, kind, subject });
    };
    for (const { href } of links) add(href, 'link');
    for (const { src } of images) add(src, 'picture');
  }
  return [...known.values()].slice(0, MOST_ADDRESSES);
}

/** What has a fault is told of already, and what Liquid writes is another for everybody. */
function isWeb(url: string): boolean {
  if (isDynamic(url) || !/^https?:/i.test(url)) return false;
  const fault = faultOf(url);
  return fault === undefined || fault === 'plain';
}

async function judge(egress: Pick<Egress, 'send'>, address: Address): Promise<CheckFinding[]> {
  const { url, kind, subject } = address;
  const visit = await follow(egress, url);
  const words = 'problem' in visit ? unreached(visit.problem) : aboutAnswer(visit.answer, kind);
  if (!words) return [];
  const name = `${kind === 'link' ? 'The link to' : 'The picture'} ${url.slice(0, 120)}`;
  const { severity, message, advice } = words;
  const found: Found = {
    severity,
    message: `${name} ${message}`,
    advice,
    path: subject.pagePath,
    piece: url,
  };
  return [toFinding(found, { check: kind === 'link' ? 'reach_links' : 'reach_images', subject })];
}

type Visit = { answer: HttpAnswer } | { problem: string };

async function follow(egress: Pick<Egress, 'send'>, from: string): Promise<Visit> {
  let url = from;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const visit = await ask(egress, url);
    if ('problem' in visit) return visit;
    const { status, headers } = visit.answer;
    const location = headers['location'];
    if (status < 300 || status >= 400 || status === 304 || location === undefined) return visit;
    if (!URL.canParse(location, url)) return { problem: `redirects to “${location.slice(0, 80)}”` };
    url = new URL(location, url).href;
    if (!/^https?:/.test(url)) return visit;
  }
  return { problem: `redirects more than ${MOST_REDIRECTS} times` };
}

/** By HEAD; by GET where the server takes no HEAD, or says something else then. */
async function ask(egress: Pick<Egress, 'send'>, url: string): Promise<Visit> {
  const head = await askBy(egress, { url, method: 'HEAD' });
  if ('answer' in head && head.answer.status < 400) return head;
  return askBy(egress, { url, method: 'GET' });
}

async function askBy(
  egress: Pick<Egress, 'send'>,
  { url, method }: { url: string; method: 'HEAD' | 'GET' },
): Promise<Visit> {
  const headers = { accept: '*/*', 'user-agent': 'Mozilla/5.0 (compatible; Perennial link check)' };
  const outcome = await egress.send({ method, url, headers, timeoutMs: PATIENCE_MS });
  if (outcome.kind === 'answered') return { answer: outcome.answer };
  return { problem: outcome.problem };
}

type Words = Pick<Found, 'severity' | 'message' | 'advice'>;

function unreached(problem: string): Words {
  return {
    severity: 'error',
    message: `cannot be reached: ${problem.replace(/\.$/, '')}.`,
    advice: 'Correct the address, or see to its server.',
  };
}

function aboutAnswer(answer: HttpAnswer, kind: Address['kind']): Words | undefined {
  const { status } = answer;
  if (status === 401 || status === 403 || status === 429) {
    return {
      severity: 'hint',
      message: `answers ${status}: it asks for a log-in, or refuses programs.`,
      advice: 'Open it yourself without being logged in.',
    };
  }
  if (status >= 500) {
    return {
      severity: 'warning',
      message: `answers ${status}: its server has a fault now.`,
      advice: 'Check again later, and before you send.',
    };
  }
  if (status >= 400) {
    return {
      severity: 'error',
      message: `answers ${status}: it is not there.`,
      advice: 'Correct the address.',
    };
  }
  return kind === 'picture' ? aboutPicture(answer) : undefined;
}

function aboutPicture({ headers, body, cut }: HttpAnswer): Words | undefined {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && !type.startsWith('image/') && type !== 'application/octet-stream') {
    return {
      severity: 'error',
      message: `is no picture but ${type}.`,
      advice: 'Give the address of the file itself, not of a page that shows it.',
    };
  }
  const told = Number(headers['content-length']);
  const bytes = told > 0 ? told : body.length;
  if (bytes <= HEAVY_PICTURE && !(cut && !told)) return undefined;
  const size = told > 0 ? `has ${Math.ceil(bytes / 1_024)} KB` : 'has more than 256 KB';
  return {
    severity: bytes > LARGE_PICTURE ? 'warning' : 'hint',
    message: `${size}: on a phone it takes seconds to appear.`,
    advice: 'Make it smaller: twice the width at which it is shown is enough.',
  };
}

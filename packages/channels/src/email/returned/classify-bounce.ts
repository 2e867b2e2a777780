/**
 * What a refusal says about the address.
 *
 * - `dead`: it does not exist. Nothing may be sent to it again.
 * - `blocked`: it takes nothing for now; the mailbox is full, or inactive.
 * - `counted`: unclear, or passing. Several in a row, with nothing delivered between, make it dead.
 * - `ignored`: it was this message, its sender or its size, not the address.
 */
export type BounceClass = 'dead' | 'blocked' | 'counted' | 'ignored';

export interface Bounce {
  bounce: BounceClass;
  /** In words that people see. */
  reason: string;
}

/** What a server said: its enhanced code (RFC 3463), its number (RFC 5321), its words. */
export interface Refusal {
  status?: string | undefined;
  code?: number | undefined;
  text: string;
}

/** By subject and detail of RFC 3463, whatever the class: a report of a failure is final. */
const BY_STATUS: Record<string, Bounce> = {
  '1.1': { bounce: 'dead', reason: 'address unknown' },
  '1.2': { bounce: 'dead', reason: 'domain unknown' },
  '1.3': { bounce: 'dead', reason: 'address unknown' },
  '1.6': { bounce: 'dead', reason: 'mailbox moved' },
  '1.7': { bounce: 'ignored', reason: 'sender refused' },
  '1.8': { bounce: 'ignored', reason: 'sender refused' },
  '1.10': { bounce: 'dead', reason: 'domain takes no mail' },
  '2.1': { bounce: 'blocked', reason: 'mailbox inactive' },
  '2.2': { bounce: 'blocked', reason: 'mailbox full' },
  '2.3': { bounce: 'ignored', reason: 'message too large' },
  '3.4': { bounce: 'ignored', reason: 'message too large' },
  '4.6': { bounce: 'ignored', reason: 'mail loop' },
  '4.7': { bounce: 'counted', reason: 'gave up after days' },
};

/** By subject alone: RFC 3463 §3.7 and §3.8 are about content and policy. */
const BY_SUBJECT: Record<string, Bounce> = {
  '6': { bounce: 'ignored', reason: 'content refused' },
  '7': { bounce: 'ignored', reason: 'refused by policy' },
};

/** For servers without enhanced codes, or with one that says nothing (x.0.0); in this order. */
const BY_WORDS: [RegExp, Bounce][] = [
  // First, since what is unknown or not found may be us.
  [
    /\bsender('s)? (address|domain|verif|rejected|refused|not|unknown)|\bfrom (address|domain)|\b(helo|ehlo)\b|\byour (domain|host|ip|server|address)|\bclient host|reverse (dns|lookup|hostname)/i,
    { bounce: 'ignored', reason: 'sender refused' },
  ],
  [
    /user unknown|unknown (user|recipient|mailbox|address)|no such (user|mailbox|recipient|address|person)|(user|recipient|address|mailbox|account)( \S+)? (is )?(not found|unknown|does ?n[o']t exist|no longer (exists|valid|available))|(invalid|bad) (recipient|mailbox|address)|doesn't have an? .{0,40}account|not a (valid|known) (user|mailbox|recipient)/i,
    { bounce: 'dead', reason: 'address unknown' },
  ],
  [
    /(host|domain)( name)?( \S+)? (is )?(not found|unknown|does ?n[o']t exist|lookup failed)|name or service not known|no such domain|unrouteable (address|mail domain)|couldn't find any host/i,
    { bounce: 'dead', reason: 'domain unknown' },
  ],
  [
    /mailbox (is )?full|over ?quota|quota exceeded|exceeded (its |the )?(storage|quota)|insufficient (system )?storage/i,
    { bounce: 'blocked', reason: 'mailbox full' },
  ],
  [
    /(mailbox|account|user) (is |has been )?(inactive|disabled|suspended|deactivated)/i,
    { bounce: 'blocked', reason: 'mailbox inactive' },
  ],
  [
    /(message|mail) (size|is)? ?(too (large|big)|exceeds)|size limit/i,
    { bounce: 'ignored', reason: 'message too large' },
  ],
  [
    /spam|blacklist|blocklist|block list|\bpolicy\b|dmarc|\bspf\b|dkim|reputation|content (rejected|refused)|virus|attachment/i,
    { bounce: 'ignored', reason: 'refused by policy' },
  ],
];

/** What is not in any table counts, and alone suppresses nobody. */
const UNCLEAR: Bounce = { bounce: 'counted', reason: 'rejected' };

/** The class of a final refusal: by the enhanced code where it says something, else by the words. */
export function classifyBounce({ status, code, text }: Refusal): Bounce {
  const [, subject, detail] = (status ?? '').split('.');
  const byStatus = BY_STATUS[`${subject}.${detail}`] ?? BY_SUBJECT[subject ?? ''];
  if (byStatus) return byStatus;
  const byWords = BY_WORDS.find(([words]) => words.test(text))?.[1];
  if (byWords) return byWords;
  return code === 552 ? BY_STATUS['2.2']! : UNCLEAR;
}

export interface MailHeader {
  name: string;
  value: string;
}

/** Headers of an e-mail in their order, folded lines joined (RFC 5322 §2.2.3). */
export function readHeaders(source: string): MailHeader[] {
  const head = source.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ');
  return unfolded
    .split(/\r?\n/)
    .map((line) => /^([!-9;-~]+):\s*(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name = '', value = '']) => ({ name, value }));
}

/**
 * The message without what would report that it was looked at: the open pixel. Links open in a
 * new tab, as in a mail program.
 */
export function forViewing(html: string): string {
  const quiet = html.replace(/<img\b[^>]*\bsrc=["'][^"']*\/o\/[^"']*["'][^>]*>/gi, '');
  const base = '<base target="_blank">';
  return /<head\b[^>]*>/i.test(quiet)
    ? quiet.replace(/<head\b[^>]*>/i, (head) => head + base)
    : base + quiet;
}

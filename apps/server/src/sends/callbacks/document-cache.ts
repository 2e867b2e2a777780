import type { Egress } from '../../egress/index.ts';

const MOST = 20;
const TIMEOUT_MS = 10_000;

/**
 * Documents of vendors by URL, each read once. A vendor publishes a new certificate under a new
 * URL. What could not be read is asked for again.
 */
export function createDocumentCache(
  egress: Pick<Egress, 'send'>,
): (url: string) => Promise<string | undefined> {
  const known = new Map<string, Promise<string | undefined>>();

  async function read(url: string): Promise<string | undefined> {
    const outcome = await egress.send({ method: 'GET', url, headers: {}, timeoutMs: TIMEOUT_MS });
    const isWhole =
      outcome.kind === 'answered' && outcome.answer.status === 200 && !outcome.answer.cut;
    if (!isWhole) known.delete(url);
    return isWhole ? outcome.answer.body : undefined;
  }

  return (url) => {
    const kept = known.get(url);
    if (kept) return kept;
    const [oldest] = known.keys();
    if (known.size >= MOST && oldest !== undefined) known.delete(oldest);
    const reading = read(url);
    known.set(url, reading);
    return reading;
  };
}

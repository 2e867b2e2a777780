import type { RenderBatch, Rendered } from '../rendering/render-job.ts';
import { ATTACHMENT_LIMITS } from '../attachments/limits.ts';
import type { ContentFetcher } from './content-fetcher.ts';
import { callKey, FETCH_LIMITS, type FetchAnswer, type FetchCall } from './fetch-call.ts';

/** Renders with what was fetched so far, by `callKey`. */
type RenderOnce = (batch: RenderBatch, answers: Record<string, FetchAnswer>) => Promise<Rendered[]>;

export type RenderWithContent = (batch: RenderBatch) => Promise<Rendered[]>;

/** Of how many messages it is remembered what they fetched last, and of each how much. */
const MOST_TEMPLATES = 200;
const MOST_REMEMBERED = FETCH_LIMITS.perMessage + ATTACHMENT_LIMITS.files;
/** Handed over with each batch, so not more than costs little. Files are shared, not handed over. */
const MOST_CHARACTERS = 256_000;

const UNAVAILABLE: FetchAnswer = { ok: false, reason: 'Nothing can be fetched here now.' };

/**
 * A worker has no way out: where a rendering needs what is not at hand, it ends there, the answer is
 * fetched, and it begins anew. What a message fetched last is at hand from the start, so that one
 * address for all contacts costs nobody a second rendering.
 */
export function createRenderWithContent(
  renderOnce: RenderOnce,
  fetcher: ContentFetcher | undefined,
): RenderWithContent {
  const lastCalls = new Map<string, Map<string, FetchCall>>();

  async function remembered({
    template,
    workspace,
  }: RenderBatch): Promise<Record<string, FetchAnswer>> {
    const answers: Record<string, FetchAnswer> = {};
    let left = MOST_CHARACTERS;
    for (const [key, call] of lastCalls.get(template.key) ?? []) {
      const answer = await fetcher?.peek(workspace.id, call);
      if (!answer) continue;
      left -= answer.ok ? answer.body.length : answer.reason.length;
      if (left >= 0) answers[key] = answer;
    }
    return answers;
  }

  function remember(
    { template: { key } }: RenderBatch,
    calls: ReadonlyMap<string, FetchCall>,
  ): void {
    const known = [...(lastCalls.get(key) ?? []), ...calls].slice(-MOST_REMEMBERED);
    lastCalls.delete(key);
    lastCalls.set(key, new Map(known));
    if (lastCalls.size > MOST_TEMPLATES) lastCalls.delete(lastCalls.keys().next().value!);
  }

  async function answersTo(
    { workspace, fetching = 'wait' }: RenderBatch,
    calls: ReadonlyMap<string, FetchCall>,
  ): Promise<Record<string, FetchAnswer>> {
    const asked = [...calls].map(async ([key, call]) => {
      const answer =
        fetching === 'known' && fetcher
          ? await fetcher.peek(workspace.id, call)
          : ((await fetcher?.fetch(workspace.id, call)) ?? UNAVAILABLE);
      return [key, answer] as const;
    });
    const answered = await Promise.all(asked);
    return Object.fromEntries(answered.filter(([, answer]) => answer)) as Record<
      string,
      FetchAnswer
    >;
  }

  return async (batch) => {
    const answers = await remembered(batch);
    const results = await renderOnce(batch, answers);
    // One at a time while it is written, and then its files together.
    for (let pass = 0; pass <= FETCH_LIMITS.perMessage; pass += 1) {
      const calls = allPending(results);
      if (calls.size === 0) break;
      const found = await answersTo(batch, calls);
      remember(batch, calls);
      Object.assign(answers, found);
      const again = results.flatMap((result, i) => {
        const calls = pendingCalls(result);
        const isThere = calls.every((call) => Object.hasOwn(found, callKey(call)));
        return calls.length > 0 && isThere ? [i] : [];
      });
      if (again.length === 0) break;
      const items = again.map((i) => batch.items[i]!);
      const renewed = await renderOnce({ ...batch, items }, answers);
      again.forEach((i, n) => (results[i] = renewed[n]!));
    }
    return results;
  };
}

/** What a rendering waits for. */
export function pendingCalls(rendered: Rendered): FetchCall[] {
  return rendered.ok ? [] : (rendered.problem.pending ?? []);
}

function allPending(results: readonly Rendered[]): Map<string, FetchCall> {
  return new Map(results.flatMap(pendingCalls).map((call) => [callKey(call), call]));
}

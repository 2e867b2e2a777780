import { LRUCache } from 'lru-cache';
import { callKey, type FetchAnswer, type FetchCall } from './fetch-call.ts';

export interface AnswerCache {
  /** An answer that is fresh enough for the call. */
  peek(workspaceId: number, call: FetchCall): FetchAnswer | undefined;
  keep(workspaceId: number, call: FetchCall, answer: FetchAnswer): void;
}

const MOST_BYTES = 64 * 1_024 * 1_024;
const MOST_ANSWERS = 20_000;
/** Of the entry itself, beside its text. */
const OVERHEAD = 200;
/** A host that failed is asked again soon, but not for each message. */
const FAILURE_MS = 30_000;

/** Answers of other servers, within a fixed memory; nothing crosses from a workspace to another. */
export function createAnswerCache({ clock }: { clock: () => Date }): AnswerCache {
  const known = new LRUCache<string, { answer: FetchAnswer; at: number }>({
    max: MOST_ANSWERS,
    maxSize: MOST_BYTES,
    sizeCalculation: ({ answer }, key) =>
      OVERHEAD + 2 * (key.length + (answer.ok ? answer.body : answer.reason).length),
  });
  const nameOf = (workspaceId: number, call: FetchCall) => `${workspaceId} ${callKey(call)}`;
  return {
    peek(workspaceId, call) {
      const found = known.get(nameOf(workspaceId, call));
      if (!found) return undefined;
      const mayBe = found.answer.ok ? call.cacheSeconds * 1_000 : FAILURE_MS;
      return clock().getTime() - found.at < mayBe ? found.answer : undefined;
    },
    keep(workspaceId, call, answer) {
      known.set(nameOf(workspaceId, call), { answer, at: clock().getTime() });
    },
  };
}

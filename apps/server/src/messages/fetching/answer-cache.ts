import { LRUCache } from 'lru-cache';
import { callKey, type FetchAnswer, type FetchCall } from './fetch-call.ts';

export interface AnswerCache {
  /** An answer that is fresh enough for the call. */
  peek(workspaceId: number, call: FetchCall): KeptAnswer | undefined;
  /** `secret`: what marks the secret that it was fetched with. */
  keep(workspaceId: number, call: FetchCall, answer: FetchAnswer, secret?: string): void;
  forget(workspaceId: number, call: FetchCall): void;
}

export interface KeptAnswer {
  answer: FetchAnswer;
  /** Epoch milliseconds. */
  at: number;
  secret?: string | undefined;
}

const MOST_BYTES = 64 * 1_024 * 1_024;
/** Files are large: they have a room of their own, so that they push no other answer out. */
const MOST_FILE_BYTES = 128 * 1_024 * 1_024;
const MOST_ANSWERS = 20_000;
/** Of the entry itself and the mark of its secret, beside its text. */
const OVERHEAD = 300;
/** A host that failed is asked again soon, but not for each message. */
const FAILURE_MS = 30_000;

/** Answers of other servers, within a fixed memory; nothing crosses from a workspace to another. */
export function createAnswerCache({ clock }: { clock: () => Date }): AnswerCache {
  const others = createStore(MOST_BYTES);
  const files = createStore(MOST_FILE_BYTES);
  const storeOf = ({ format }: FetchCall) => (format === 'file' ? files : others);
  const nameOf = (workspaceId: number, call: FetchCall) => `${workspaceId} ${callKey(call)}`;
  return {
    peek(workspaceId, call) {
      const found = storeOf(call).get(nameOf(workspaceId, call));
      if (!found) return undefined;
      const mayBe = found.answer.ok ? call.cacheSeconds * 1_000 : FAILURE_MS;
      return clock().getTime() - found.at < mayBe ? found : undefined;
    },
    keep(workspaceId, call, answer, secret) {
      storeOf(call).set(nameOf(workspaceId, call), { answer, at: clock().getTime(), secret });
    },
    forget(workspaceId, call) {
      storeOf(call).delete(nameOf(workspaceId, call));
    },
  };
}

function createStore(maxSize: number): LRUCache<string, KeptAnswer> {
  return new LRUCache({
    max: MOST_ANSWERS,
    maxSize,
    sizeCalculation: ({ answer }, key) => OVERHEAD + 2 * key.length + bytesOf(answer),
  });
}

/** Strings have two bytes a character at worst; files are kept in base64. */
function bytesOf(answer: FetchAnswer): number {
  if (!answer.ok) return 2 * answer.reason.length;
  return 2 * answer.body.length + (answer.file?.base64.length ?? 0);
}

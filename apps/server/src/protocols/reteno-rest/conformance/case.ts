import type { EventTypeSettings, Right, WorkspaceSettingsChange } from '@perennial/contracts';

/**
 * The REST API's promises, as tables that can be read: what is sent, what is answered, what is
 * true afterwards. `conformance.test.ts` plays each case in a workspace of its own.
 *
 * `{ada}` in a path or a body stands for what an earlier call of the case kept under that name.
 */
export interface Case {
  /** A sentence: what the API does. */
  does: string;
  given?: {
    fields?: { key: string; type: string; choices?: string[] }[];
    categories?: { key: string; defaultSubscribed?: boolean }[];
    settings?: WorkspaceSettingsChange;
    types?: ({ key: string } & Partial<EventTypeSettings>)[];
    /** E-mails that may be sent to many; `{message.KEY}` is the ID. */
    messages?: { key: string }[];
    /** Parameters by which events find contacts. */
    mappings?: { parameter: string; field: string }[];
  };
  /** In order; each but the ones that say otherwise must be answered with 200. */
  calls: Call[];
}

export interface Call {
  /** Method and path below `/api`. */
  send: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Of the key; none: nobody. Default: all that a key may have. */
  rights?: Right[] | null;
  status?: number;
  /** Of texts the whole or a pattern, of JSON what it holds at least; `undefined` members are not there. */
  answer?: unknown;
  /** Headers of the answer, in lower case. */
  answerHeaders?: Record<string, string>;
  /** Names for what the answer holds, by path: `{ ada: 'id' }`. */
  keep?: Record<string, string>;
  /** Facts of the workspace since the last call that asked, as `type {params} key`, in order. */
  facts?: string[];
  /** So many seconds pass before it. */
  later?: number;
  /** What is in the stream lane is applied before the next call. */
  applied?: boolean;
}

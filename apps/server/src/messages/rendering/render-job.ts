import type { TemplateWords } from '@perennial/contracts';
import type { EmailParts, RawMail } from '@perennial/channels/providers';
import type { Json, JsonObject } from '../../inbox/index.ts';
import type { Attaching } from '../attachments/attach-files.ts';
import type { FetchAnswer } from '../fetching/fetch-call.ts';
import type { SubjectChoice } from '../subjects.ts';
import type { Compilation } from './compile-content.ts';
import type { Mailing } from './finish-email.ts';
import type { StoredTemplate } from './prepare-template.ts';
import type { DeliveryRef } from './recipient-url.ts';
import type { TemplateProblem } from './template-error.ts';

/** One language of one version, and what its writer may say about it. */
export interface RenderTemplate extends StoredTemplate {
  /** The same key is always the same template: `12:3:en`. */
  key: string;
  language: string;
  message: { id: string; key: string; name: string };
  personalisation: TemplatePersonalisation;
}

/** What a version does where it cannot be filled in, in one language. */
export interface TemplatePersonalisation {
  onMissing: 'empty' | 'dont_send';
  fallbacks: Record<string, string>;
  onFetchFailure: 'retry' | 'empty' | 'dont_send';
}

/** Whom a template is rendered for. */
export interface RenderItem {
  /** Zeroes where there is no delivery, as in a preview. */
  delivery: DeliveryRef;
  contact: JsonObject;
  event?: Json;
  run?: Json;
  data?: Json;
  timeZone?: string;
  /** Write the e-mail as a message of RFC 5322, with tracked links, to this address. */
  mail?: {
    address: string;
    messageId: string;
    /** With the headers of RFC 8058. */
    marketing: boolean;
  };
  /** Of an e-mail with several subjects; default: the first. */
  subject?: SubjectChoice;
  /** What is done with files that go with the message; default: they go with `mail`, else are named. */
  attaching?: Attaching;
  /** Links lead where they are written to lead; the open is told all the same. */
  plainLinks?: boolean;
  /** Without `mail`: lead links through this program all the same, as where it is shown in the browser. */
  track?: boolean;
}

/** What the items of a batch have in common. */
export interface RenderBatch {
  template: RenderTemplate;
  workspace: { id: number; slug: string; name: string; timeZone: string; currency: string };
  /** Of e-mail with `mail`. */
  mailing?: Mailing;
  now: Date;
  items: RenderItem[];
  /**
   * What is to be fetched: `wait` for it, or take what is known and answer the rest as `pending`.
   * Default: `wait`.
   */
  fetching?: 'wait' | 'known';
  /** Rendered before what is not. Default: a single message is. */
  urgent?: boolean;
}

/** What of it a worker is told; `answers`: what was fetched, by `callKey`. */
export type WorkerBatch = Omit<RenderBatch, 'template' | 'fetching' | 'urgent'> & {
  answers: Record<string, FetchAnswer>;
};

export type Rendered =
  | {
      ok: true;
      /** Empty of e-mail that leaves. */
      content: JsonObject;
      /** E-mail as a message of RFC 5322, or in parts, as its provider takes it. */
      mail?: { raw: RawMail; from: string; to: string };
      parts?: EmailParts;
    }
  | { ok: false; problem: TemplateProblem };

/** What all workers know from the start. */
export interface WorkerSetup {
  publicUrl: string;
  tokenKey: Uint8Array;
  /** The item that is being rendered, from 1; written by the worker, watched by the pool. */
  progress: SharedArrayBuffer;
}

/** From the pool to a worker. */
export type WorkerRequest =
  | { kind: 'compile'; channel: string; content: JsonObject }
  | { kind: 'words' }
  | { kind: 'define'; template: RenderTemplate }
  | { kind: 'forget'; key: string }
  | ({ kind: 'render'; key: string } & WorkerBatch);

/** From a worker to the pool, for `compile`, `words` and `render`. */
export type WorkerAnswer =
  /** Its modules are read; asked by nobody. */
  | { kind: 'ready' }
  | { kind: 'compiled'; compilation: Compilation }
  | { kind: 'words'; words: TemplateWords }
  | { kind: 'rendered'; results: Rendered[] };

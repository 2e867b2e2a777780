import type { CheckFinding } from '@perennial/contracts';
import type { JsonObject } from '../../inbox/index.ts';
import type { SecretPlace, TextReads } from '../rendering/compile-content.ts';
import type { MarkupPage } from './read-page.ts';

/** One language of a message, in all the forms that checks look at it. */
export interface CheckSubject {
  channel: string;
  language: string;
  defaultLanguage: string;
  /** As its writer wrote it, all languages. */
  drafts: Readonly<Record<string, JsonObject>>;
  /** As its writer wrote it. */
  draft: JsonObject;
  /** With shared blocks in place; Liquid still inside. */
  content: JsonObject;
  /** As the contact of the check gets it, links led through this program. */
  rendered: JsonObject;
  /** The HTML before Liquid wrote into it; undefined where the channel has none. */
  page: MarkupPage | undefined;
  /** Where the HTML was written: `/mjml` or `/html`. */
  pagePath: string;
  /** It is filed under subscription categories, so it is marketing. */
  isMarketing: boolean;
  /** What its texts read, by the member they stand in. */
  reads: readonly TextReads[];
  /** Variables of a contact: `first_name`, `custom.goal`. */
  contactFields: ReadonlySet<string>;
  /** Where it names secrets that the workspace does not have. */
  unknownSecrets: readonly SecretPlace[];
}

/** What a check found; who asks for checks adds the language and the key. */
export type Found = Pick<CheckFinding, 'severity' | 'path' | 'message' | 'advice'> & {
  /** A piece of what was written, by which its line is found. */
  piece?: string;
};

/** One thing that can be wrong with a message. It asks nobody: neither database nor network. */
export interface MessageCheck {
  key: string;
  /** Absent: every channel. */
  channels?: readonly string[];
  find(subject: CheckSubject): Found[];
}

export const EMAIL = ['email'] as const;

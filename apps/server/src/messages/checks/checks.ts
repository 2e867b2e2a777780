import { activeContent } from './active-content.ts';
import { attachedFiles } from './attached-files.ts';
import type { MessageCheck } from './check.ts';
import { images } from './images.ts';
import { links } from './links.ts';
import { linkText } from './link-text.ts';
import { marks } from './marks.ts';
import { pictureShare } from './picture-share.ts';
import { plainText } from './plain-text.ts';
import { preheader } from './preheader.ts';
import { secrets } from './secrets.ts';
import { sender } from './sender.ts';
import { pushLength, smsLength } from './short-text.ts';
import { size } from './size.ts';
import { spamWords } from './spam-words.ts';
import { subjectLine } from './subject-line.ts';
import { targets } from './targets.ts';
import { translations } from './translations.ts';
import { variables } from './variables.ts';
import { wayOut } from './way-out.ts';

/** Everything that is looked at before a message is sent: a line a check. */
export const messageChecks: readonly MessageCheck[] = [
  sender,
  subjectLine,
  preheader,
  marks,
  spamWords,
  wayOut,
  links,
  linkText,
  targets,
  images,
  pictureShare,
  activeContent,
  size,
  attachedFiles,
  plainText,
  variables,
  secrets,
  translations,
  smsLength,
  pushLength,
];

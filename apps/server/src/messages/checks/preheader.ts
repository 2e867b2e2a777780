import { textOf } from '../rendering/text-of.ts';
import { EMAIL, type MessageCheck } from './check.ts';
import { subjectLines } from './subject-lines.ts';

/** The element of MJML that does what a preheader does. */
const MJML_PREVIEW = /<mj-preview[^>]*>\s*[^\s<]/i;

/** What stands beside the subject in the list of messages. */
export const preheader: MessageCheck = {
  key: 'preheader',
  channels: EMAIL,
  find({ draft, content, rendered }) {
    const path = '/preheader';
    if (!textOf(draft, 'preheader').trim()) {
      if (MJML_PREVIEW.test(textOf(content, 'mjml'))) return [];
      const message =
        'There is no preheader: mail programs show the first words of the page, often a menu or “view in browser”.';
      const advice = 'Write 40 to 90 characters that go on from the subject.';
      return [{ severity: 'hint', path, message, advice }];
    }
    const shown = textOf(rendered, 'preheader').trim().toLowerCase();
    const same = subjectLines(rendered).find(({ text }) => text.trim().toLowerCase() === shown);
    if (!same) return [];
    const message = `The preheader repeats ${same.name.toLowerCase()}.`;
    const advice = 'Let it go on from the subject instead.';
    return [{ severity: 'hint', path, message, advice }];
  },
};

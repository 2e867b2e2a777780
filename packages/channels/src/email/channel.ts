import { z } from 'zod';
import { DAY_MS, type ChannelDefinition } from '../channel.ts';
import { liquidText, someLiquidText, URL_LENGTH } from '../liquid-text.ts';

/** Gmail cuts a message at 102 KB; a source of ten times that is a mistake. */
const SOURCE_LENGTH = 1_000_000;

/** RFC 5322 §2.1.1. */
const SUBJECT_LENGTH = 998;
const MOST_SUBJECTS = 10;
const MOST_ATTACHMENTS = 10;

/** The mark of AMP for Email, in either spelling. Without `<` inside, so that each tag is read once. */
const AMP_PAGE = /<html\b[^<>]*\s(?:⚡4email|amp4email)\b/iu;

/** The body is MJML or HTML; `design` is the visual editor's own record of it. */
export const emailContent = z
  .strictObject({
    subject: someLiquidText(SUBJECT_LENGTH),
    more_subjects: z
      .array(someLiquidText(SUBJECT_LENGTH))
      .min(1)
      .max(MOST_SUBJECTS - 1)
      .describe('Each recipient gets one of them and `subject`, each as often as the others.')
      .optional(),
    preheader: liquidText(500).optional(),
    from: liquidText(500).optional(),
    reply_to: liquidText(500).optional(),
    mjml: someLiquidText(SOURCE_LENGTH).optional(),
    html: someLiquidText(SOURCE_LENGTH).optional(),
    text: liquidText(SOURCE_LENGTH).optional(),
    amp: someLiquidText(SOURCE_LENGTH)
      .regex(AMP_PAGE, 'Must be an AMP page for e-mail, which begins with <html ⚡4email>.')
      .describe(
        'A page of AMP for Email, shown in place of the HTML by mail programs that know it.',
      )
      .optional(),
    attachments: z
      .array(
        z.strictObject({
          url: someLiquidText(URL_LENGTH).describe(
            'Where the file is fetched before the message leaves; `https://` and the host are written out.',
          ),
          name: liquidText(200)
            .describe('What the recipient sees; default: the last part of the address.')
            .optional(),
        }),
      )
      .max(MOST_ATTACHMENTS)
      .optional(),
    design: z.json().optional(),
    raw_html: liquidText(SOURCE_LENGTH)
      .describe(
        'The page as another program edits it, before styles were put into place. Kept with the ' +
          'body that came with it, given back, and never sent.',
      )
      .optional(),
  })
  .refine((content) => (content.mjml === undefined) !== (content.html === undefined), {
    message: 'Give the body as either mjml or html.',
  });
export type EmailContent = z.infer<typeof emailContent>;

export const email = {
  key: 'email',
  label: 'Email',
  icon: 'mail',
  colour: 'channel-email',
  content: emailContent,
  html: ['html', 'mjml', 'amp'],
  literal: ['design', 'raw_html'],
  kept: ['design', 'raw_html'],
  files: ['attachments'],
  address: 'email',
  consent: 'address',
  maxAddresses: 1,
  addressChoices: [],
  ttlMs: 7 * DAY_MS,
  // RFC 5321 §4.5.4.1: give up after four to five days.
  retryForMs: 4 * DAY_MS,
  headIsClick: false,
} as const satisfies ChannelDefinition<EmailContent>;

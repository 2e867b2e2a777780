import { z } from 'zod';
import { contrastOf } from './contrast.ts';
import { idSchema } from './id.ts';
import { instantSchema } from './instant.ts';

/** In which languages the pages of recipients are written. */
export const PAGE_LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'he', 'pt', 'uk'] as const;
export const pageLanguageSchema = z.enum(PAGE_LANGUAGES);
export type PageLanguage = z.output<typeof pageLanguageSchema>;

/** What of their texts a workspace may write itself; `{workspace}` stands for its name. */
export const PAGE_TEXT_KEYS = [
  'ask.title',
  'ask.body',
  'ask.why',
  'ask.button',
  'done.title',
  'done.body',
  'preferences.title',
  'preferences.intro',
  'preferences.channels',
  'saved.title',
  'saved.body',
  'confirm.title',
  'confirm.body',
  'confirm.button',
  'confirmed.title',
  'confirmed.body',
] as const;
export const pageTextKeySchema = z.enum(PAGE_TEXT_KEYS);
export type PageTextKey = z.output<typeof pageTextKeySchema>;

/** By language and place; what is left out is said in our words. */
export const pageTextsSchema = z.partialRecord(
  pageLanguageSchema,
  z.partialRecord(pageTextKeySchema, z.string().trim().min(1).max(500)),
);
export type PageTextOverrides = z.output<typeof pageTextsSchema>;

const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'Expected a colour such as #11694a.')
  .toLowerCase();

/** WCAG 2.2 AA: 1.4.3 of text, 1.4.11 of buttons and boxes. */
export const LEAST_CONTRAST = { text: 4.5, accent: 3 } as const;

const anyColours = z.strictObject({ background: colour, text: colour, accent: colour });

export const pageColoursSchema = anyColours.superRefine((colours, context) => {
  for (const [name, least] of Object.entries(LEAST_CONTRAST)) {
    const ratio = contrastOf(colours[name as 'text' | 'accent'], colours.background);
    if (ratio >= least) continue;
    context.addIssue({
      code: 'custom',
      path: [name],
      message: `Contrast with the background is ${Math.floor(ratio * 10) / 10}:1; it must be ${least}:1 at least.`,
    });
  }
});
export type PageColours = z.output<typeof anyColours>;

export const PAGE_FONTS = ['system', 'humanist', 'rounded', 'serif', 'slab'] as const;

/** For how long people may ask for silence; 0: they are not offered it. */
export const PAUSE_DAYS = [0, 7, 14, 30, 60, 90] as const;

const webAddress = z
  .string()
  .trim()
  .max(500)
  .refine((text) => text === '' || isWebAddress(text), {
    error: 'Expected an address that begins with https:// or http://.',
  });

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function themeOf(colours: typeof anyColours) {
  return z.strictObject({
    light: colours.default({ background: '#ffffff', text: '#1b211e', accent: '#11694a' }),
    dark: colours
      .nullable()
      .default({ background: '#141816', text: '#eef2f0', accent: '#3aa47b' })
      .describe('Where the reader’s device is dark; null: the light colours there, too.'),
    font: z.enum(PAGE_FONTS).default('system'),
    radius: z.int().min(0).max(24).default(8).describe('Of corners, in pixels.'),
    logo_height: z.int().min(16).max(120).default(40).describe('In pixels.'),
    show_name: z.boolean().default(true).describe('The name of the workspace above the title.'),
    footer: z.string().trim().max(500).default('').describe('Company and address, line by line.'),
    privacy_url: webAddress.default(''),
    offer_channels: z
      .boolean()
      .default(true)
      .describe('On the page of preferences: every channel by which the contact can be reached.'),
    pause_days: z
      .literal(PAUSE_DAYS)
      .default(30)
      .describe('How long a pause is that people may take instead of leaving; 0: none.'),
  });
}

/** How the pages look. */
export const pageThemeSchema = themeOf(pageColoursSchema).meta({ id: 'PageTheme' });
export type PageTheme = z.output<typeof pageThemeSchema>;

/** Why people leave, in words that they choose from. */
export const leavingReasonSchema = z.strictObject({
  text: z.string().trim().min(1).max(200).describe('What reports count it by.'),
  translations: z
    .partialRecord(pageLanguageSchema, z.string().trim().min(1).max(200))
    .default({})
    .describe('Where a language has none, `text`.'),
  formerly: z
    .array(z.string().max(200))
    .max(20)
    .default([])
    .describe('What it was called before: reports count that as this.'),
});
export type LeavingReason = z.output<typeof leavingReasonSchema>;

const reasons = z
  .array(leavingReasonSchema)
  .max(20)
  .refine((all) => new Set(all.map(({ text }) => text.toLowerCase())).size === all.length, {
    error: 'Two reasons have the same text.',
  });

export const pageLogoSchema = z
  .object({
    url: z.string().describe('Below the public address of this program.'),
    type: z.string(),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
  })
  .meta({ id: 'PageLogo' });
export type PageLogo = z.output<typeof pageLogoSchema>;

export const recipientPagesSchema = z
  .object({
    theme: pageThemeSchema,
    texts: pageTextsSchema,
    reasons: z.array(leavingReasonSchema),
    logo: pageLogoSchema.nullable(),
    defaults: z
      .record(pageLanguageSchema, z.record(pageTextKeySchema, z.string()))
      .describe('Our words, by language and place.'),
    updated_at: instantSchema.nullable(),
  })
  .meta({ id: 'RecipientPages' });
export type RecipientPages = z.input<typeof recipientPagesSchema>;

/** What is left out stays as it is; what is given replaces all of it. */
export const recipientPagesChangeSchema = z.strictObject({
  theme: pageThemeSchema.optional(),
  texts: pageTextsSchema.optional(),
  reasons: reasons.optional(),
});
export type RecipientPagesChange = z.output<typeof recipientPagesChangeSchema>;

export const LOGO_BYTES = 200_000;
export const LOGO_TYPES = ['png', 'jpg', 'webp', 'gif'] as const;

export const newLogoSchema = z.strictObject({
  data: z
    .base64()
    .max(Math.ceil(LOGO_BYTES / 3) * 4)
    .describe('PNG, JPEG, WebP or GIF of at most 200 kB.'),
});

export const PAGE_NAMES = [
  'unsubscribe',
  'unsubscribed',
  'preferences',
  'saved',
  'paused',
  'confirm',
  'confirmed',
  'invalid',
] as const;

/** A page as a recipient would see it, with a draft of the settings. */
export const pagePreviewRequestSchema = z.strictObject({
  page: z.enum(PAGE_NAMES),
  language: pageLanguageSchema.default('en'),
  scheme: z.enum(['light', 'dark']).default('light'),
  ...recipientPagesChangeSchema.shape,
  // Colours that cannot be read are seen, and cannot be saved.
  theme: themeOf(anyColours).optional(),
});
export const pagePreviewSchema = z.object({ html: z.string() }).meta({ id: 'PagePreview' });
export type PagePreview = z.input<typeof pagePreviewSchema>;

const counted = z.int().describe('Unsubscribes.');

/** Who left in a period, and why. */
export const leavingReportSchema = z
  .object({
    from: instantSchema,
    to: instantSchema,
    total: counted,
    paused: z.int().describe('Who took a pause instead.'),
    reasons: z.array(
      z.object({ reason: z.string().nullable().describe('Null: none was given.'), count: counted }),
    ),
    channels: z.array(z.object({ channel: z.string(), count: counted })),
    messages: z.array(
      z.object({
        message: idSchema.nullable().describe('Null: not by a link in a message.'),
        name: z.string().nullable(),
        count: counted,
        reasons: z.array(z.object({ reason: z.string().nullable(), count: counted })),
      }),
    ),
    categories: z.array(
      z.object({
        category: z.string(),
        name: z.string(),
        unsubscribed: z.int().describe('Left an address from a message of this category.'),
        left: z.int().describe('Left the category itself.'),
        joined: z.int().describe('Joined it.'),
      }),
    ),
  })
  .meta({ id: 'LeavingReport' });
export type LeavingReport = z.input<typeof leavingReportSchema>;

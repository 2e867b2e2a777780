import { z } from 'zod';

/** An element of MJML, as its own package declares it. */
export const markupElementSchema = z
  .object({
    name: z.string(),
    attributes: z
      .record(z.string(), z.array(z.string()).nullable())
      .describe('By name: the values it takes, or null where any may stand.'),
    children: z
      .array(z.string())
      .nullable()
      .describe('What may stand in it; null: any element of MJML.'),
    holds_html: z.boolean().describe('What stands in it is HTML, not MJML.'),
  })
  .meta({ id: 'MarkupElement' });
export type MarkupElement = z.infer<typeof markupElementSchema>;

export const templateWordsSchema = z
  .object({
    elements: z.array(markupElementSchema),
    filters: z.array(z.string()).describe('Behind a `|` of Liquid.'),
    tags: z
      .array(z.string())
      .describe('Between `{%` and `%}` of Liquid, those that end or divide another among them.'),
  })
  .meta({ id: 'TemplateWords' });
export type TemplateWords = z.infer<typeof templateWordsSchema>;

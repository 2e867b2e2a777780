import { describe, expect, test } from 'vitest';
import { emailContent } from '@perennial/channels';
import { compileContent } from '../../messages/rendering/compile-content.ts';
import { createLiquidEngine } from '../../messages/rendering/liquid.ts';
import { prepareTemplate } from '../../messages/rendering/prepare-template.ts';
import { renderingFor } from '../../messages/rendering/test-rendering.ts';
import type { EmailContent } from './content.ts';
import { sampleMessages } from './sample-messages.ts';

const engine = createLiquidEngine();

const variables = {
  unsubscribe_url: 'https://stride.test/u',
  preferences_url: 'https://stride.test/p',
  view_url: 'https://stride.test/v',
};

async function render(content: EmailContent, values: object): Promise<Record<string, string>> {
  const compilation = await compileContent(engine, { channel: 'email', content });
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.problems));
  const { compiled } = compilation;
  const template = prepareTemplate(engine, { channel: 'email', content, compiled });
  return template(renderingFor({ variables: { ...variables, ...values } })) as Record<
    string,
    string
  >;
}

const versions = sampleMessages.flatMap((message) =>
  Object.entries(message.content).map(([language, content]) => ({ message, language, content })),
);

describe.each(versions)('$message.key in $language', ({ content }) => {
  test('is a valid e-mail and says how to leave', async () => {
    expect(emailContent.safeParse(content).success).toBe(true);
    const { html } = await render(content, { contact: { custom: {} }, event: {} });
    expect(html).toContain('https://stride.test/u');
    expect(html).toContain('https://stride.test/p');
  });

  test('reads well for somebody of whom nothing is known', async () => {
    const { subject, preheader, text } = await render(content, {
      contact: { custom: {} },
      event: {
        days: 4,
        longest: 4,
        last_workout: 'Yoga',
        price: 9,
        currency: 'EUR',
        ends_at: '2026-03-01T09:30:00Z',
      },
    });
    for (const words of [subject, preheader, text]) {
      expect(words).not.toMatch(/\{[{%]|^[,:]|\(\)| ,|undefined|null/);
    }
  });
});

test('a streak is told with its number, and in Ukrainian with the right form of day', async () => {
  const { en, uk } = sampleMessages.find(({ key }) => key === 'streak-lost')!.content;
  const subjects = async (content: EmailContent, days: number): Promise<string | undefined> =>
    (await render(content, { contact: { custom: {} }, event: { days, longest: days } }))['subject'];
  expect(await subjects(en, 12)).toBe('12 days in a row are yours to keep');
  expect(await Promise.all([3, 5, 11, 21, 22].map((days) => subjects(uk!, days)))).toEqual([
    'Серія у 3 дні нікуди не зникла',
    'Серія у 5 днів нікуди не зникла',
    'Серія у 11 днів нікуди не зникла',
    'Серія у 21 день нікуди не зникла',
    'Серія у 22 дні нікуди не зникла',
  ]);
});

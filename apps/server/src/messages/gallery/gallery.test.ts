import { randomBytes } from 'node:crypto';
import { findChannel } from '@perennial/channels';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM_FIELDS } from '../../contacts/index.ts';
import { createLiquidEngine } from '../rendering/liquid.ts';
import { createRenderPool } from '../rendering/render-pool.ts';
import { textOf } from '../rendering/text-of.ts';
import { fillIn } from './fill-in.ts';
import { previewEntry } from './preview-entry.ts';
import { readGallery } from './read-gallery.ts';

const renderPool = createRenderPool({
  publicUrl: 'https://news.example',
  tokenKey: randomBytes(32),
  size: 1,
});
afterAll(() => renderPool.close());

const entries = await readGallery();
const workspace = {
  id: 1,
  slug: 'acme',
  name: 'Acme & Sons',
  timeZone: 'UTC',
  currency: 'EUR',
};
const now = new Date('2026-01-01T00:00:00Z');

const all = entries.flatMap((entry) =>
  Object.entries(entry.content).flatMap(([channel, languages]) =>
    Object.entries(languages).map(([language, content]) => ({ entry, channel, language, content })),
  ),
);
const emails = all.filter(({ channel }) => channel === 'email');
const named = ({ entry, channel, language }: (typeof all)[number]) =>
  [`${entry.key} ${channel} ${language}`, { entry, channel, language }] as const;

const show = (
  { entry, channel, language }: Pick<(typeof all)[number], 'entry' | 'channel' | 'language'>,
  filled: boolean,
) =>
  previewEntry(renderPool, {
    workspace,
    now,
    key: entry.key,
    channel,
    language,
    filled,
  });

test('has the mails that people begin with, each in both languages', () => {
  expect(entries.length).toBeGreaterThanOrEqual(14);
  for (const { key, content, languages } of entries) {
    expect([key, languages]).toEqual([key, ['en', 'uk']]);
    for (const [channel, contents] of Object.entries(content)) {
      expect([key, channel, Object.keys(contents)]).toEqual([key, channel, languages]);
    }
  }
});

// Whatever MJML warns of makes the compilation fail.
test.each(all.map(named))(
  '%s fits its channel and renders for somebody unknown',
  async (_, one) => {
    const { content } = await show(one, false);
    const written = JSON.stringify(content);
    expect(written).not.toMatch(/\[\[|\{\{|\{%|undefined|null/);
    const schema = findChannel(one.channel)!.content;
    expect(schema.safeParse(one.entry.content[one.channel]![one.language]).error).toBeUndefined();
  },
);

test.each(all.map(named))('%s reads no variable that does not exist', (_, one) => {
  const engine = createLiquidEngine();
  for (const text of textsIn(one.entry.content[one.channel]![one.language])) {
    const parsed = engine.parse(text, { path: '', writing: 'plain' });
    for (const [root, member] of engine.variablesOf(parsed)) {
      if (root === 'contact') expect(Object.keys(SYSTEM_FIELDS)).toContain(member);
      else if (root === 'workspace') expect(member).toBe('name');
      else {
        expect([
          'event',
          'unsubscribe_url',
          'preferences_url',
          'view_url',
          'confirm_url',
        ]).toContain(root);
      }
    }
  }
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

describe('an e-mail', () => {
  test.each(emails.map(named))('%s is whole, small and readable by machines', async (_, one) => {
    const { content } = await show(one, true);
    const html = textOf(content, 'html');
    // Gmail cuts what is longer.
    expect(Buffer.byteLength(html)).toBeLessThan(102 * 1024);
    expect(html).toContain(`lang="${one.language}"`);
    expect(html).toContain('name="color-scheme"');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('Acme &amp; Sons');
    expect(textOf(content, 'preheader')).not.toBe('');
    expect(textOf(content, 'text')).toContain('Acme & Sons');
    for (const [image] of html.matchAll(/<img[^>]*>/g)) expect(image).toContain('alt="');
  });

  test.each(emails.map(named))(
    '%s lets its reader unsubscribe, unless it is about the account',
    async (_, one) => {
      const { content } = await show(one, false);
      const html = textOf(content, 'html');
      expect(html.includes('https://news.example/u/')).toBe(!one.entry.transactional);
      expect(html.includes('https://news.example/preferences/')).toBe(!one.entry.transactional);
    },
  );

  test('that confirms an address has the link that does it', async () => {
    const entry = entries.find(({ key }) => key === 'confirm-email')!;
    const { content } = await show({ entry, channel: 'email', language: 'en' }, false);
    expect(content['html']).toContain('https://news.example/c/');
  });
});

test('colours of words and of what they stand on contrast by at least 4.5 to 1', async () => {
  const { default: listed } = await import('../../../gallery/gallery.json', {
    with: { type: 'json' },
  });
  for (const { key, colours } of listed) {
    const pairs = [
      [colours.accent, '#ffffff'],
      [colours.ink, colours.tint],
      [colours.ink, '#ffffff'],
      [colours.ink, '#f2f5f3'],
      [colours.ink_dark, colours.tint_dark],
      [colours.ink_dark, '#1b221f'],
      [colours.ink_dark, '#111614'],
    ];
    for (const [word, ground] of pairs) {
      expect([key, word, ground, contrast(word!, ground!) >= 4.5]).toEqual([
        key,
        word,
        ground,
        true,
      ]);
    }
  }
});

/** WCAG 2.2, relative luminance. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('what nothing is known for is not left in a text', () => {
  const known = { pieces: { foot: '[[bye]].\n' }, words: { hi: 'Hi', bye: 'Bye' } };
  expect(fillIn('[[hi]]! [[> foot]]', known)).toBe('Hi! Bye.');
  expect(() => fillIn('[[ho]]', known)).toThrow('Nothing is known for [[ho]].');
  expect(() => fillIn('[[> head]]', known)).toThrow('Nothing is known for [[> head]].');
});

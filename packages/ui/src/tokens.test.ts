import { describe, expect, test } from 'vitest';
import { dark, darkChannels, light, lightChannels } from './tokens.ts';

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const themes = [
  { name: 'light', tokens: light, channels: lightChannels },
  { name: 'dark', tokens: dark, channels: darkChannels },
];

describe.each(themes)('the $name theme', ({ tokens, channels }) => {
  test('writes every text role readably on every surface it can stand on', () => {
    const surfaces = ['canvas', 'sunken', 'raised', 'floating', 'hover'] as const;
    const roles = ['text', 'textMuted', 'textFaint', 'accentText', 'danger', 'warning'] as const;
    for (const surface of surfaces) {
      for (const role of roles) {
        const ratio = contrast(tokens[role], tokens[surface]);
        expect(ratio, `${role} on ${surface}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test('writes statuses readably on their soft backgrounds', () => {
    for (const tone of ['success', 'warning', 'danger', 'info', 'neutral'] as const) {
      expect(contrast(tokens[tone], tokens[`${tone}Soft`]), tone).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(tokens.accentText, tokens.accentSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.accentText, tokens.selected)).toBeGreaterThanOrEqual(4.5);
  });

  test('writes on filled buttons readably', () => {
    expect(contrast(tokens.onAccent, tokens.accentFill)).toBeGreaterThanOrEqual(4.5);
  });

  test('writes on what is disabled readably, and sets it apart from what it stands on', () => {
    expect(contrast(tokens.disabledText, tokens.disabled)).toBeGreaterThanOrEqual(4.5);
    for (const surface of ['canvas', 'raised', 'floating'] as const) {
      expect(contrast(tokens.disabledLine, tokens[surface]), surface).toBeGreaterThanOrEqual(1.45);
    }
  });

  test('draws channel icons visibly on surfaces', () => {
    for (const [channel, colour] of Object.entries(channels)) {
      expect(contrast(colour, tokens.raised), channel).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colour, tokens.canvas), channel).toBeGreaterThanOrEqual(4.5);
    }
  });
});

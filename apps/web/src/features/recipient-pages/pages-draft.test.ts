import { expect, test } from 'vitest';
import {
  changeBetween,
  contrastIn,
  reasonsToSave,
  repeatedReasons,
  withText,
  withoutTexts,
  type DraftReason,
  type PagesDraft,
} from './pages-draft.ts';

const light = { background: '#ffffff', text: '#111111', accent: '#11694a' };
const draft: PagesDraft = {
  theme: {
    light,
    dark: null,
    font: 'system',
    radius: 8,
    logo_height: 40,
    show_name: true,
    footer: '',
    privacy_url: '',
    offer_channels: true,
    pause_days: 30,
  },
  texts: {},
  reasons: [{ id: 0, text: 'Too many', saved: 'Too many', translations: {}, formerly: [] }],
};

test('only what differs is saved', () => {
  expect(changeBetween(draft, { ...draft, reasons: [...draft.reasons] })).toBeNull();
  const theme = { ...draft.theme, radius: 4 };
  expect(changeBetween(draft, { ...draft, theme })).toEqual({ theme });
  const empty: DraftReason = { id: 1, text: ' ', translations: {}, formerly: [] };
  expect(changeBetween(draft, { ...draft, reasons: [...draft.reasons, empty] })).toBeNull();
});

test('a renamed reason remembers what it was called, once, and not its own name', () => {
  const named = (text: string, formerly: string[] = []): DraftReason[] => [
    { id: 0, text, saved: 'Too many', translations: { uk: 'Забагато', de: ' ' }, formerly },
  ];
  expect(reasonsToSave(named(' Too often '))).toEqual([
    { text: 'Too often', translations: { uk: 'Забагато' }, formerly: ['Too many'] },
  ]);
  expect(reasonsToSave(named('Too often', ['Too many', 'Too often']))[0]!.formerly).toEqual([
    'Too many',
  ]);
  expect(reasonsToSave(named('Too many'))[0]!.formerly).toEqual([]);
});

test('a reason that is there already is seen whatever its case', () => {
  const reason = (id: number, text: string) => ({ id, text, translations: {}, formerly: [] });
  expect(repeatedReasons([reason(3, 'A'), reason(4, ' a'), reason(5, ''), reason(6, '')])).toEqual(
    new Set([4]),
  );
});

test('an emptied text is ours again', () => {
  const one = withText({}, { language: 'en', key: 'ask.title', text: 'Go' });
  const two = withText(one, { language: 'uk', key: 'ask.body', text: 'Так' });
  expect(two).toEqual({ en: { 'ask.title': 'Go' }, uk: { 'ask.body': 'Так' } });
  expect(withText(two, { language: 'en', key: 'ask.title', text: '' })).toEqual({
    uk: { 'ask.body': 'Так' },
  });
  expect(withoutTexts(two, 'uk')).toEqual(one);
});

test('a contrast is never rounded up to enough', () => {
  // 4.48:1
  const colours = { ...light, text: '#777777' };
  expect(contrastIn(colours, 'text')).toEqual({ ratio: 4.4, least: 4.5, isEnough: false });
  expect(contrastIn(light, 'accent')).toMatchObject({ least: 3, isEnough: true });
  expect(contrastIn({ ...light, background: 'red' }, 'text')).toBeUndefined();
});

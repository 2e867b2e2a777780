import { expect, test } from 'vitest';
import type { MessageDraft } from '../message-draft.ts';
import { forgetKept, keepDraft, readKept, type KeptDraft } from './kept-drafts.ts';

/** A browser's storage, with room for so many characters. */
function storageOf(room = 1_000): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  };
}

const place = { workspace: '1', user: '2', message: '3' };
const kept: KeptDraft = {
  keptAt: 1_000,
  baseVersion: 4,
  draft: { name: 'Welcome', content: { en: { subject: 'Hi' } } } as unknown as MessageDraft,
};

test('what was kept is found again until it is forgotten', () => {
  const storage = storageOf();
  expect(keepDraft(storage, place, kept)).toBe(true);
  expect(readKept(storage, place)).toEqual(kept);
  forgetKept(storage, place);
  expect(readKept(storage, place)).toBeNull();
});

test.each([{ workspace: '9' }, { user: '9' }, { message: '9' }])(
  'it is not found by %j',
  (other) => {
    const storage = storageOf();
    keepDraft(storage, place, kept);
    expect(readKept(storage, { ...place, ...other })).toBeNull();
  },
);

test('where there is no room it says so', () => {
  expect(keepDraft(storageOf(10), place, kept)).toBe(false);
});

test.each(['{', '7', '{"keptAt":1}', '{"keptAt":1,"baseVersion":1,"draft":{}}'])(
  'what is no draft is none: %s',
  (text) => {
    const storage = storageOf();
    keepDraft(storage, place, kept);
    storage.setItem(storage.key(0)!, text);
    expect(readKept(storage, place)).toBeNull();
  },
);

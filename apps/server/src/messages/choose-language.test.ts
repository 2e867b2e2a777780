import { expect, test } from 'vitest';
import { chooseLanguage } from './choose-language.ts';

const languages = ['en', 'pt', 'zh-Hant', 'uk'];

test.each([
  [['uk'], 'uk'],
  [['pt-BR'], 'pt'],
  [['pt_BR'], 'pt'],
  [['UK-ua'], 'uk'],
  [['zh-Hant-TW'], 'zh-Hant'],
  [['zh'], 'en'],
  [['fr', 'pt'], 'pt'],
  [[null, undefined, ''], 'en'],
  [[], 'en'],
])('of %j it is %s', (wanted, expected) => {
  expect(chooseLanguage({ languages, wanted, fallback: 'en' })).toBe(expected);
});

import { expect, test } from 'vitest';
import { writtenTranslations } from './category-translations.ts';

test('what is empty is no translation', () => {
  const draft = {
    uk: { name: ' Пропозиції ', description: '' },
    de: { name: ' ', description: '' },
    pl: {},
  };
  expect(writtenTranslations(draft)).toEqual({ uk: { name: 'Пропозиції' } });
});

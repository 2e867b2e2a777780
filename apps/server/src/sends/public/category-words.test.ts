import { expect, test } from 'vitest';
import { categoryWords } from './category-words.ts';

const offers = {
  name: 'Offers',
  description: 'What costs less',
  translations: {
    uk: { name: 'Пропозиції', description: 'Що дешевше' },
    'pt-BR': { name: 'Ofertas' },
    pt: { description: 'O que custa menos' },
  },
};

test.each([
  ['its own language', ['uk'], 'Пропозиції', 'Що дешевше'],
  ['a general one instead of a particular one', ['uk-UA'], 'Пропозиції', 'Що дешевше'],
  ['whatever its case', ['UK_ua'], 'Пропозиції', 'Що дешевше'],
  ['each word where it is', ['pt-BR'], 'Ofertas', 'O que custa menos'],
  ['no neighbour of its language', ['pt-PT'], 'Offers', 'O que custa menos'],
  ['the next language', ['pl', 'uk'], 'Пропозиції', 'Що дешевше'],
  ['else its own words', ['pl'], 'Offers', 'What costs less'],
  ['no word that objects have anyway', ['constructor'], 'Offers', 'What costs less'],
])('a category is said in %s', (_case, languages, name, description) => {
  expect(categoryWords(offers, languages)).toEqual({ name, description });
});

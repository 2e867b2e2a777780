import { createIntl } from 'react-intl';
import { expect, test } from 'vitest';
import { catalogue } from '../../app/catalogue.ts';
import { valueWord } from './value-words.ts';

const intl = createIntl({ locale: 'en', messages: catalogue });

test.each([
  ['country', 'GB', 'United Kingdom'],
  ['country', 'ua', 'Ukraine'],
  ['address.country', 'DE', 'Germany'],
  ['country', 'Ukraine', 'Ukraine'],
  ['country', 'QX', 'QX'],
  ['region', 'CA', 'CA'],
  ['language', 'en-GB', 'British English'],
  ['gender', 'female', 'Female'],
  ['gender', 'F', 'Female'],
  ['gender', 'they', 'they'],
  ['source', 'identify', 'Sign-in call'],
  ['source', 'sdk', 'App or site'],
  ['source', 'smoke signal', 'smoke signal'],
  ['device_platform', 'ios', 'iOS'],
  ['device_platform', 'tizen', 'tizen'],
  ['first_name', 'api', 'api'],
])('the %s %s is said as %s', (field, value, words) => {
  expect(valueWord(field, value, intl)).toBe(words);
});

import { createIntl } from 'react-intl';
import { expect, test } from 'vitest';
import { catalogue } from '../../app/catalogue.ts';
import { sayDetails } from './gate-details.ts';

const intl = createIntl({ locale: 'en', messages: { ...catalogue } });
const t = (id: string, values?: object) => intl.formatMessage({ id }, values as never);
const say = (details: unknown) => sayDetails(details, { t, intl });

test('what a gate saw is said without brackets, and what there is none of is not said', () => {
  expect(say({ states: ['subscribed'], in_category: ['news', 'offers'] })).toBe(
    'states: subscribed · in category: news, offers',
  );
  expect(say({ states: [], until: null, note: '' })).toBe('');
  expect(say({ states: [], expires: '2026-12-07T18:11:00.000Z', zone: 'UTC' })).toBe(
    'expires: Dec 7, 2026, 6:11 PM · zone: UTC',
  );
});

test('a rule says how many it counted, and what went first', () => {
  const rules = [
    { rule: 'cap-1', counted: 2, most: 2, went_first: { message: '7', priority: 'high' } },
  ];
  expect(say({ rules })).toBe('cap-1: 2 of 2; message 7 (high) went first');
});

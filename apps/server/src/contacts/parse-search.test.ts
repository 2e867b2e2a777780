import { describe, expect, test } from 'vitest';
import { parseSearch, withoutPersonal } from './parse-search.ts';

describe('a search', () => {
  test.each([
    ['id:12', { contactId: 12, beginnings: {} }],
    ['ID: 12', { contactId: 12, beginnings: {} }],
    ['extid:u 1', { externalId: 'u 1', beginnings: {} }],
    ['id:x', { beginnings: {} }],
    ['id:99999999999999999', { beginnings: {} }],
  ])('%j says what it means', (text, meaning) => {
    expect(parseSearch(text)).toEqual(meaning);
  });

  test('of a name looks for both orders of two words', () => {
    expect(parseSearch(' Ada  BYRON ').beginnings).toEqual({
      email: 'ada  byron',
      external_id: 'Ada  BYRON',
      name_key: ['ada byron', 'byron ada'],
      surname_key: 'ada  byron',
    });
  });

  test('with an at-sign is no name', () => {
    expect(parseSearch('Ada@').beginnings).toEqual({ email: 'ada@', external_id: 'Ada@' });
  });

  test.each([
    ['+49 151 234', '+49151234'],
    ['(0049) 151', '+0049151'],
    ['151-23', '+15123'],
  ])('%j may be a phone', (text, phone) => {
    expect(parseSearch(text).beginnings.phone).toBe(phone);
  });

  test('of two digits is none', () => {
    expect(parseSearch('12').beginnings.phone).toBeUndefined();
  });
});

describe('for those who may not see personal data', () => {
  test.each(['ada', 'ada byron'])('%j finds whole external IDs only', (text) => {
    expect(withoutPersonal(parseSearch(text))).toEqual({ externalId: text, beginnings: {} });
  });

  test.each(['ada@example.com', 'extid:ada@example.com', '+4915112345678'])(
    '%j finds nothing',
    (text) => {
      expect(withoutPersonal(parseSearch(text))).toEqual({ beginnings: {} });
    },
  );

  test('a contact ID finds its contact', () => {
    expect(withoutPersonal(parseSearch('id:12'))).toEqual({ contactId: 12, beginnings: {} });
  });
});

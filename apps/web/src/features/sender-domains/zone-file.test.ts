import type { DomainRecord } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { hostWithin, valueParts, zoneFile } from './zone-file.ts';

function record(parts: Partial<DomainRecord>): DomainRecord {
  return {
    id: 'spf',
    kind: 'spf',
    type: 'TXT',
    name: 'shop.example',
    expected: '',
    needed: true,
    selector: null,
    signs: false,
    state: 'unknown',
    found: [],
    faults: [],
    notes: [],
    lookups: null,
    trouble: null,
    checked_at: null,
    ...parts,
  };
}

test('a zone file holds what is known, long texts in strings of 255 bytes', () => {
  const key = `v=DKIM1; k=rsa; p=${'A'.repeat(392)}`;
  const text = zoneFile({
    domain: 'shop.example',
    records: [
      record({}),
      record({ name: 'a._domainkey.shop.example', expected: key }),
      record({ type: 'MX', name: 'in.shop.example', expected: '10 mail.shop.example.' }),
      record({ name: '_dmarc.shop.example', expected: 'v=DMARC1; p=none' }),
    ],
  });
  const lines = text.split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[2]).toBe('in.shop.example. 3600 IN MX 10 mail.shop.example.');
  expect(lines[3]).toBe('_dmarc.shop.example. 3600 IN TXT "v=DMARC1; p=none"');
  const strings = [...lines[1]!.matchAll(/"([^"]*)"/g)].map(([, part = '']) => part);
  expect(strings.map((part) => part.length)).toEqual([255, key.length - 255]);
  expect(strings.join('')).toBe(key);
});

test.each([
  ['shop.example', '@'],
  ['_dmarc.news.shop.example', '_dmarc.news'],
  ['in.other.example', 'in.other.example.'],
  ['notshop.example', 'notshop.example.'],
])('%s is %s in the zone of shop.example', (name, host) => {
  expect(hostWithin(name, 'shop.example')).toBe(host);
});

test('a priority stands apart from its server', () => {
  expect(valueParts({ type: 'MX', name: 'x', expected: '10 mail.example.' })).toEqual({
    priority: '10',
    value: 'mail.example.',
  });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { createNetworks } from './create-networks.ts';
import { parseNetworks } from './parse-networks.ts';
import { readNetworks } from './read-networks.ts';

function networksOf(text: string) {
  return createNetworks(parseNetworks(text, 'list').ranges);
}

describe('an address', () => {
  const networks = networksOf(`
    [data centre] Cloud
    192.0.2.0/24
    2001:db8::/32   # of documentation
    [people] VPN
    192.0.2.64/26
    [mail scanner] Gate
    192.0.2.100
    255.255.255.0/24
    2001:db8:ffff::1/128
  `);

  test.each([
    ['192.0.2.0', 'Cloud'],
    ['192.0.2.63', 'Cloud'],
    ['192.0.2.64', 'VPN'],
    ['192.0.2.99', 'VPN'],
    ['192.0.2.100', 'Gate'],
    ['192.0.2.101', 'VPN'],
    ['192.0.2.127', 'VPN'],
    ['192.0.2.128', 'Cloud'],
    ['192.0.3.0', undefined],
    ['192.0.1.255', undefined],
    ['255.255.255.255', 'Gate'],
    ['::ffff:192.0.2.100', 'Gate'],
    ['2001:db8::1', 'Cloud'],
    ['2001:db8:ffff::1', 'Gate'],
    ['2001:db8:ffff::2', 'Cloud'],
    ['2001:db9::', undefined],
    ['unknown', undefined],
  ])('%s is of %s', (address, name) => {
    expect(networks.find(address)?.name).toBe(name);
  });
});

test('of ranges in each other the longest decides, as looking at all of them does', () => {
  const range = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), (drawn) => {
      const cidrs = [...new Set(drawn.map(([last, bits]) => `10.0.0.${last}/${bits}`))];
      const text = cidrs.map((cidr) => `[data centre] ${cidr}\n${cidr}`).join('\n');
      const networks = networksOf(text);
      for (let last = 0; last < 256; last += 1) {
        const address = ipaddr.parse(`10.0.0.${last}`);
        const longest = cidrs
          .map((cidr) => ipaddr.parseCIDR(cidr) as [ipaddr.IPv4, number])
          .filter(([from, bits]) => (address as ipaddr.IPv4).match(from, bits))
          .reduce((most, [, bits]) => Math.max(most, bits), -1);
        const found = networks.find(address.toString())?.name.split('/')[1];
        expect(found ?? '-1').toBe(String(longest));
      }
    }),
  );
});

describe('the lists', () => {
  const listed = (text: string): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'networks-')), 'own.txt');
    writeFileSync(file, text);
    return file;
  };

  test('that the program brings know clouds and mail scanners', () => {
    const networks = readNetworks({ file: undefined });
    expect(networks.find('3.5.140.2')).toEqual({
      kind: 'data centre',
      name: 'Amazon Web Services',
    });
    expect(networks.find('40.92.1.1')).toMatchObject({ kind: 'mail scanner' });
    expect(networks.find('192.0.2.1')).toBeUndefined();
  });

  test('can be added to, and be overruled', () => {
    const networks = readNetworks({ file: listed('[people] Ours\n3.5.140.0/24\n') });
    expect(networks.find('3.5.140.2')?.kind).toBe('people');
    expect(networks.find('40.92.1.1')?.kind).toBe('mail scanner');
  });

  test('can be replaced', () => {
    const networks = readNetworks({ file: listed('[only these]\n[data centre] A\n192.0.2.0/24') });
    expect(networks.find('40.92.1.1')).toBeUndefined();
    expect(networks.find('192.0.2.9')?.name).toBe('A');
  });

  test.each([
    ['192.0.2.0/24', 'line 1: A range belongs below a heading'],
    ['[data center] A', 'line 1: [data center] is not one of data centre, mail scanner, people.'],
    ['[data centre] A\n\n192.0.2.0/33', 'line 3: 192.0.2.0/33 is not an address'],
    ['[data centre] A\n1.2.3', 'line 2: 1.2.3 is not an address'],
    ['[data centre] A\n[only these]', 'line 2: [only these] comes before all networks.'],
  ])('with a mistake say where: %j', (text, message) => {
    expect(() => readNetworks({ file: listed(text) })).toThrow(message);
  });

  test('that are not there are named', () => {
    expect(() => readNetworks({ file: '/no/such/list' })).toThrow('/no/such/list');
  });
});

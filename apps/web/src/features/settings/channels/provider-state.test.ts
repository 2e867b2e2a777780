import type { Provider } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { rolesOf } from './provider-state.ts';

const now = Date.parse('2026-03-02T10:00:00Z');
const later = '2026-03-02T10:01:00.000Z';
const before = '2026-03-02T09:59:00.000Z';

function provider(id: string, parts: Partial<Provider> = {}): Provider {
  return {
    id,
    kind: 'smtp',
    enabled: true,
    condition: 'fine',
    paused_until: null,
    ...parts,
  } as Provider;
}

const roles = (...providers: Provider[]) => [...rolesOf(providers, { now }).values()];

test('the first that is on carries the channel, the others stand by', () => {
  expect(roles(provider('1', { enabled: false }), provider('2'), provider('3'))).toEqual([
    'off',
    'carries',
    'standsBy',
  ]);
});

test('the next stands in for one that is left alone, until that is tried again', () => {
  const paused = { condition: 'throttled', paused_until: later } as const;
  expect(roles(provider('1', paused), provider('2'))).toEqual(['carries', 'standsIn']);
  const over = { condition: 'throttled', paused_until: before } as const;
  expect(roles(provider('1', over), provider('2'))).toEqual(['carries', 'standsBy']);
});

test('where all are in trouble the first is waited for', () => {
  const refused = { condition: 'refused', paused_until: later } as const;
  expect(roles(provider('1', refused), provider('2', refused))).toEqual(['carries', 'standsBy']);
});

test('a sandbox never stands in, and what stands behind one is not used', () => {
  const broken = { condition: 'broken' } as const;
  const sandbox = provider('2', { kind: 'sandbox' });
  expect(roles(provider('1', broken), sandbox, provider('3'))).toEqual([
    'carries',
    'idle',
    'standsIn',
  ]);
  expect(roles(sandbox, provider('3'))).toEqual(['carries', 'idle']);
});

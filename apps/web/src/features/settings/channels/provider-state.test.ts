import type { Provider } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { rolesOf } from './provider-state.ts';

function provider(id: string, parts: Partial<Provider> = {}): Provider {
  return {
    id,
    kind: 'smtp',
    enabled: true,
    condition: 'fine',
    ...parts,
  } as Provider;
}

const roles = (...providers: Provider[]) => [...rolesOf(providers).values()];

test('the first that is on carries the channel, the others stand by', () => {
  expect(roles(provider('1', { enabled: false }), provider('2'), provider('3'))).toEqual([
    'off',
    'carries',
    'standsBy',
  ]);
});

test('the next stands in for one in trouble, until that takes a message again', () => {
  for (const condition of ['throttled', 'refused', 'failing', 'broken'] as const) {
    expect(roles(provider('1', { condition }), provider('2'))).toEqual(['carries', 'standsIn']);
  }
  expect(roles(provider('1', { condition: 'untried' }), provider('2'))).toEqual([
    'carries',
    'standsBy',
  ]);
});

test('where all are in trouble the first is waited for', () => {
  const refused = { condition: 'refused' } as const;
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

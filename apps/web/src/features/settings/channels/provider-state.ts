import type { Provider } from '@perennial/contracts';

/** What a provider is to its channel now. */
export type ProviderRole =
  /** It is used. */
  | 'carries'
  /** It is used while those before it are in trouble. */
  | 'standsIn'
  | 'standsBy'
  | 'off'
  /** Behind another one it is never used. */
  | 'idle';

/** By ID, for the providers of one channel in their order. */
export function rolesOf(
  providers: readonly Provider[],
  { now }: { now: number },
): Map<string, ProviderRole> {
  const enabled = providers.filter((provider) => provider.enabled);
  const [first] = enabled;
  const outside = first?.kind === 'sandbox' ? [] : enabled.filter(({ kind }) => kind !== 'sandbox');
  const carrier = outside.find((provider) => !isInTrouble(provider, { now })) ?? first;
  return new Map(
    providers.map((provider) => [provider.id, roleOf(provider, { first, carrier })] as const),
  );
}

function roleOf(
  provider: Provider,
  { first, carrier }: { first: Provider | undefined; carrier: Provider | undefined },
): ProviderRole {
  if (!provider.enabled) return 'off';
  if (provider === carrier) return provider === first ? 'carries' : 'standsIn';
  if (provider === first) return 'carries';
  return provider.kind === 'sandbox' || first?.kind === 'sandbox' ? 'idle' : 'standsBy';
}

/** It takes nothing now; when its pause is over it is tried again. */
export function isInTrouble(
  { condition, paused_until: until }: Provider,
  { now }: { now: number },
): boolean {
  if (condition === 'fine' || condition === 'untried') return false;
  return condition === 'broken' || until === null || Date.parse(until) > now;
}

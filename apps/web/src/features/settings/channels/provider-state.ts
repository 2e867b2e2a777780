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
export function rolesOf(providers: readonly Provider[]): Map<string, ProviderRole> {
  const enabled = providers.filter((provider) => provider.enabled);
  const [first] = enabled;
  const outside = first?.kind === 'sandbox' ? [] : enabled.filter(({ kind }) => kind !== 'sandbox');
  const carrier = outside.find((provider) => !isInTrouble(provider)) ?? first;
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

/** Its last answers were no good: it gets a message now and then, until one of them is taken. */
export function isInTrouble({ condition }: Provider): boolean {
  return condition !== 'fine' && condition !== 'untried';
}

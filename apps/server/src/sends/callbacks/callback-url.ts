import { isProviderKind } from '@perennial/channels';
import { providers } from '@perennial/channels/providers';
import type { SecretBox } from '../../secret/index.ts';
import type { ProviderRow } from '../providers/provider-queries.ts';

/** Where providers call back: a path that nobody can guess. */
export interface CallbackUrls {
  pathOf(providerId: number): string;
  /** The provider of a path's two last parts, if they belong together. */
  read(provider: string, token: string): number | undefined;
}

const CONTEXT = 'provider callback';

export function createCallbackUrls(box: Pick<SecretBox, 'sign' | 'verify'>): CallbackUrls {
  return {
    pathOf: (id) => `/callbacks/${id}/${box.sign(CONTEXT, String(id)).toString('base64url')}`,
    read(provider, token) {
      if (!/^[1-9]\d{0,14}$/.test(provider)) return undefined;
      const isOurs = box.verify(CONTEXT, provider, Buffer.from(token, 'base64url'));
      return isOurs ? Number(provider) : undefined;
    },
  };
}

/** Its vendor reports what became of messages. */
export function callsBack({ kind }: Pick<ProviderRow, 'kind'>): boolean {
  const provider = isProviderKind(kind) ? providers[kind] : undefined;
  return provider?.carries === 'outside' && provider.callbacks !== undefined;
}

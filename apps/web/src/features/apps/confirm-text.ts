import type { App } from '@perennial/contracts';
import type { TextId } from '../../app/catalogue.ts';

/** What is known of the clients of an app before it requires tokens; no calls are no proof. */
export function confirmText({ verified, unverified, invalid }: App['calls']): TextId {
  return verified + unverified + invalid === 0
    ? 'apps.identity.confirm.unknown'
    : 'apps.identity.confirm.detail';
}
